package dev.gale.validation.harness;

import dev.gale.validation.bounds.FloatModel;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * References and bounds of the case that was run last, so that a case on several devices and variants pays for them
 * once. Given up when memory is short.
 */
final class Expectations {

  private record Entry(Object validationCase, FloatModel model, List<Expected> expected) {}

  private static final AtomicReference<@Nullable SoftReference<Entry>> LAST =
      new AtomicReference<>();

  private Expectations() {}

  // The same case means the same object: buffers have no equality of their own.
  @SuppressWarnings("ReferenceEquality")
  static List<Expected> of(
      Object validationCase, FloatModel model, Supplier<List<Expected>> compute) {
    SoftReference<Entry> reference = LAST.get();
    Entry last = reference == null ? null : reference.get();
    if (last != null && last.validationCase == validationCase && last.model.equals(model)) {
      return last.expected;
    }
    List<Expected> expected = compute.get();
    LAST.set(new SoftReference<>(new Entry(validationCase, model, expected)));
    return expected;
  }
}
