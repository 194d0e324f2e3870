package dev.gale.validation.faults;

import java.util.List;

/**
 * A kernel and its twins.
 *
 * @param id the variant's
 * @param classes the kernel's classes and the variant that schedules it, the last; a twin has all of them of its own
 * @param faults each makes a twin
 */
record Subject(String id, List<String> classes, List<Fault> faults) {

  String variant() {
    return classes.getLast();
  }
}
