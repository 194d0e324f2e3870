package dev.gale.host.exec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
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
 * TornadoVM compiles reads of them into the device's registers. Here they are set anew for each work item.
 */
public final class HostContext extends KernelContext {

  private static final MethodHandle GLOBAL_X = setter("globalIdx");
  private static final MethodHandle GLOBAL_Y = setter("globalIdy");
  private static final MethodHandle GLOBAL_Z = setter("globalIdz");
  private static final MethodHandle GROUP_X = setter("groupIdx");
  private static final MethodHandle GROUP_Y = setter("groupIdy");
  private static final MethodHandle GROUP_Z = setter("groupIdz");
  private static final MethodHandle LOCAL_X = setter("localIdx");
  private static final MethodHandle LOCAL_Y = setter("localIdy");
  private static final MethodHandle LOCAL_Z = setter("localIdz");

  private final Grid grid;
  private final LocalMemory localMemory;
  private final @Nullable ItemFiber fiber;
  private int originX;
  private int originY;
  private int originZ;
  private int allocations;

  HostContext(Grid grid, LocalMemory localMemory, @Nullable ItemFiber fiber) {
    this.grid = grid;
    this.localMemory = localMemory;
    this.fiber = fiber;
    set(setter("globalGroupSizeX"), grid.global().x());
    set(setter("globalGroupSizeY"), grid.global().y());
    set(setter("globalGroupSizeZ"), grid.global().z());
    set(setter("localGroupSizeX"), grid.local().x());
    set(setter("localGroupSizeY"), grid.local().y());
    set(setter("localGroupSizeZ"), grid.local().z());
  }

  /** Moves to a group; a work item must be entered before the kernel runs. */
  void enterGroup(int x, int y, int z) {
    originX = grid.offset().x() + x * grid.local().x();
    originY = grid.offset().y() + y * grid.local().y();
    originZ = grid.offset().z() + z * grid.local().z();
    set(GROUP_X, x);
    set(GROUP_Y, y);
    set(GROUP_Z, z);
  }

  /** Moves to a work item of the group. */
  void enterItem(int x, int y, int z) {
    allocations = 0;
    set(LOCAL_X, x);
    set(LOCAL_Y, y);
    set(LOCAL_Z, z);
    set(GLOBAL_X, originX + x);
    set(GLOBAL_Y, originY + y);
    set(GLOBAL_Z, originZ + z);
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

  private void set(MethodHandle setter, int value) {
    try {
      setter.invokeExact((KernelContext) this, Integer.valueOf(value));
    } catch (Throwable t) {
      throw new AssertionError("a field setter does not throw", t);
    }
  }

  private static MethodHandle setter(String name) {
    try {
      Field field = KernelContext.class.getField(name);
      field.setAccessible(true);
      return MethodHandles.lookup().unreflectSetter(field);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("KernelContext." + name + ": can not be set", e);
    }
  }
}
