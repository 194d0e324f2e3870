package dev.gale.benchmarks.race;

import dev.gale.benchmarks.ceiling.CeilingKind;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a race.
 *
 * @param kind what it is
 * @param name the device of a variant of Gale, the name of a library, the kind of a ceiling
 * @param variant the variant of Gale; null for the one that suits the device and the shape, and for all others
 */
public record Entrant(Kind kind, String name, @Nullable String variant) {

  /** What takes part. */
  public enum Kind {
    /** A variant of Gale on a device. */
    GALE,
    /** Another library. */
    PEER,
    /** The machine's ceiling. */
    CEILING
  }

  public static Entrant gale(String device, @Nullable String variant) {
    return new Entrant(Kind.GALE, device, variant);
  }

  public static Entrant peer(String id) {
    return new Entrant(Kind.PEER, id, null);
  }

  public static Entrant ceiling(CeilingKind kind) {
    return new Entrant(Kind.CEILING, kind.id(), null);
  }

  /** As people read it. */
  public String label() {
    return switch (kind) {
      case GALE -> "gale " + name + (variant == null ? "" : " " + variant);
      case PEER -> name;
      case CEILING -> "ceiling " + name;
    };
  }
}
