package dev.gale.tasks.device;

/**
 * What a device can do, as its driver reports it.
 *
 * @param id its name
 * @param description its maker's name for it
 * @param kind what it is
 * @param computeUnits compute units: cores of a processor, multiprocessors of a graphics processor
 * @param globalMemoryBytes global memory, bytes
 * @param maxAllocationBytes the largest single buffer, bytes
 * @param localMemoryBytes local memory of a work-group, bytes
 * @param maxWorkGroupSize work items a work-group may have
 * @param vectorFloats elements of single precision in a vector register of a processor, as the JVM uses it; 0 where that is not known, or nothing to go by
 * @param fp16 whether half-precision arithmetic is there
 * @param fp64 whether double-precision arithmetic is there
 */
public record DeviceInfo(
    DeviceId id,
    String description,
    DeviceKind kind,
    int computeUnits,
    long globalMemoryBytes,
    long maxAllocationBytes,
    long localMemoryBytes,
    long maxWorkGroupSize,
    int vectorFloats,
    boolean fp16,
    boolean fp64) {}
