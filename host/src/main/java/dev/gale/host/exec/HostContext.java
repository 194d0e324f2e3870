package dev.gale.host.exec;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/**
 * The {@code KernelContext} a work item sees: its indices, its group's local memory and barrier.
 *
 * <p>The indices of {@code KernelContext} are final {@code Integer} fields that its constructor sets to 0, because
 * TornadoVM compiles reads of them into the device's registers. Kernels are rewritten to call the methods of the same
 * names here; where a kernel could not be rewritten, the fields themselves are set for each work item.
 */
public final class HostContext extends KernelContext {

  private final LocalMemory localMemory;
  private final @Nullable ItemFiber fiber;
  private final @Nullable BoxedIndices boxed;
  private final Grid grid;
  private final int sizeX;
  private final int sizeY;
  private final int sizeZ;
  private int groupX;
  private int groupY;
  private int groupZ;
  private int originX;
  private int originY;
  private int originZ;
  private int localX;
  private int localY;
  private int localZ;
  private int allocations;

  /**
   * Makes a context.
   *
   * @param grid the index space
   * @param localMemory the local memory of the group
   * @param fiber the work item's stack; null for a kernel without barriers
   * @param boxing whether the kernel reads the fields of {@code KernelContext} rather than the methods here
   */
  HostContext(Grid grid, LocalMemory localMemory, @Nullable ItemFiber fiber, boolean boxing) {
    this.grid = grid;
    this.sizeX = grid.local().x();
    this.sizeY = grid.local().y();
    this.sizeZ = grid.local().z();
    this.localMemory = localMemory;
    this.fiber = fiber;
    this.boxed = boxing ? new BoxedIndices(this) : null;
  }

  /** Moves to a work item of a group. */
  void enter(int groupX, int groupY, int groupZ, int localX, int localY, int localZ) {
    this.groupX = groupX;
    this.groupY = groupY;
    this.groupZ = groupZ;
    this.originX = grid.offset().x() + groupX * sizeX;
    this.originY = grid.offset().y() + groupY * sizeY;
    this.originZ = grid.offset().z() + groupZ * sizeZ;
    this.localX = localX;
    this.localY = localY;
    this.localZ = localZ;
    this.allocations = 0;
    if (boxed != null) {
      boxed.enterGroup();
      boxed.enterItem();
    }
  }

  /** Moves to the next work item of the group; false when there is none. Rewritten kernels call this. */
  public boolean nextItem() {
    allocations = 0;
    if (++localX == sizeX) {
      localX = 0;
      if (++localY == sizeY) {
        localY = 0;
        if (++localZ == sizeZ) {
          return false;
        }
      }
    }
    if (boxed != null) {
      boxed.enterItem();
    }
    return true;
  }

  /** The work item's index along x. */
  public int globalIdx() {
    return originX + localX;
  }

  /** The work item's index along y. */
  public int globalIdy() {
    return originY + localY;
  }

  /** The work item's index along z. */
  public int globalIdz() {
    return originZ + localZ;
  }

  /** The group's index along x. */
  public int groupIdx() {
    return groupX;
  }

  /** The group's index along y. */
  public int groupIdy() {
    return groupY;
  }

  /** The group's index along z. */
  public int groupIdz() {
    return groupZ;
  }

  /** The work item's index within its group along x. */
  public int localIdx() {
    return localX;
  }

  /** The work item's index within its group along y. */
  public int localIdy() {
    return localY;
  }

  /** The work item's index within its group along z. */
  public int localIdz() {
    return localZ;
  }

  /** The number of work items along x. */
  public int globalGroupSizeX() {
    return grid.global().x();
  }

  /** The number of work items along y. */
  public int globalGroupSizeY() {
    return grid.global().y();
  }

  /** The number of work items along z. */
  public int globalGroupSizeZ() {
    return grid.global().z();
  }

  /** The number of work items of a group along x. */
  public int localGroupSizeX() {
    return sizeX;
  }

  /** The number of work items of a group along y. */
  public int localGroupSizeY() {
    return sizeY;
  }

  /** The number of work items of a group along z. */
  public int localGroupSizeZ() {
    return sizeZ;
  }

  @Override
  public void localBarrier() {
    barrier("localBarrier");
  }

  @Override
  public void globalBarrier() {
    barrier("globalBarrier");
  }

  private void barrier(String name) {
    if (fiber == null) {
      throw new TornadoRuntimeException(
          name
              + ": called where the kernel's bytecode does not show it (through an interface or reflection)");
    }
    fiber.awaitBarrier(name);
  }

  @Override
  public int[] allocateIntLocalArray(int size) {
    return (int[]) localMemory.allocate(allocations++, int.class, size);
  }

  @Override
  public long[] allocateLongLocalArray(int size) {
    return (long[]) localMemory.allocate(allocations++, long.class, size);
  }

  @Override
  public float[] allocateFloatLocalArray(int size) {
    return (float[]) localMemory.allocate(allocations++, float.class, size);
  }

  @Override
  public double[] allocateDoubleLocalArray(int size) {
    return (double[]) localMemory.allocate(allocations++, double.class, size);
  }

  // The three allocations below came with later releases of the API: no @Override.

  /** Allocates a byte array that the group shares. */
  public byte[] allocateByteLocalArray(int size) {
    return (byte[]) localMemory.allocate(allocations++, byte.class, size);
  }

  /** Allocates an array of half-precision numbers that the group shares. */
  public HalfFloat[] allocateHalfFloatLocalArray(int size) {
    return (HalfFloat[]) localMemory.allocate(allocations++, HalfFloat.class, size);
  }

  /** Allocates an array of pairs of half-precision numbers that the group shares. */
  public Half2[] allocateHalf2LocalArray(int size) {
    return (Half2[]) localMemory.allocate(allocations++, Half2.class, size);
  }

  @Override
  public void atomicAdd(IntArray array, int index, int value) {
    Atomics.add(array, index, value);
  }

  @Override
  public void atomicAdd(int[] array, int index, int value) {
    Atomics.add(array, index, value);
  }

  @Override
  public void atomicAdd(LongArray array, int index, long value) {
    Atomics.add(array, index, value);
  }

  @Override
  public void atomicAdd(FloatArray array, int index, float value) {
    Atomics.add(array, index, value);
  }

  @Override
  public void atomicAdd(DoubleArray array, int index, double value) {
    Atomics.add(array, index, value);
  }
}
