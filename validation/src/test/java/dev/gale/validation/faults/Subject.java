package dev.gale.validation.faults;

import java.util.List;

/**
 * A kernel and its twins.
 *
 * @param id the variant's
 * @param kernel the kernel's class
 * @param variant the class of the variant that schedules it
 * @param faults each makes a twin
 */
record Subject(String id, String kernel, String variant, List<Fault> faults) {}
