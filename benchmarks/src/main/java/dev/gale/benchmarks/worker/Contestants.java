package dev.gale.benchmarks.worker;

import dev.gale.benchmarks.ceiling.CeilingKind;
import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.CeilingContestant;
import dev.gale.benchmarks.contestant.Contestant;
import dev.gale.benchmarks.contestant.GaleContestant;
import dev.gale.benchmarks.contestant.PeerContestant;
import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.Devices;
import java.util.Locale;
import java.util.ServiceLoader;

/** Makes contestants of what a command says. */
final class Contestants {

  private Contestants() {}

  static Contestant of(Command.Open open, Work work) throws AbsentException {
    Entrant entrant = open.entrant();
    return switch (entrant.kind()) {
      case GALE ->
          new GaleContestant(
              work,
              Devices.find(DeviceId.parse(entrant.name())),
              entrant.variant(),
              open.seed(),
              open.copies(),
              open.threadsFixed());
      case PEER -> {
        KnownPeer known = KnownPeer.byId(entrant.name());
        yield new PeerContestant(known, find(known), work, open.seed(), open.threads());
      }
      case CEILING ->
          new CeilingContestant(
              CeilingKind.valueOf(entrant.name().toUpperCase(Locale.ROOT)), open.threads());
    };
  }

  private static Peer find(KnownPeer known) throws AbsentException {
    for (Peer peer : ServiceLoader.load(Peer.class)) {
      if (peer.id().equals(known.id())) {
        return peer;
      }
    }
    throw new AbsentException("no code for " + known.library() + " on the class path");
  }
}
