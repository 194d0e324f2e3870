package dev.gale.host.exec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import uk.ac.manchester.tornado.api.KernelContext;

/** Writes a context's indices into the final {@code Integer} fields of {@code KernelContext}. */
final class BoxedIndices {

  private static final MethodHandle GLOBAL_X = setter("globalIdx");
  private static final MethodHandle GLOBAL_Y = setter("globalIdy");
  private static final MethodHandle GLOBAL_Z = setter("globalIdz");
  private static final MethodHandle GROUP_X = setter("groupIdx");
  private static final MethodHandle GROUP_Y = setter("groupIdy");
  private static final MethodHandle GROUP_Z = setter("groupIdz");
  private static final MethodHandle LOCAL_X = setter("localIdx");
  private static final MethodHandle LOCAL_Y = setter("localIdy");
  private static final MethodHandle LOCAL_Z = setter("localIdz");

  private final HostContext context;

  BoxedIndices(HostContext context) {
    this.context = context;
    set(setter("globalGroupSizeX"), context.globalGroupSizeX());
    set(setter("globalGroupSizeY"), context.globalGroupSizeY());
    set(setter("globalGroupSizeZ"), context.globalGroupSizeZ());
    set(setter("localGroupSizeX"), context.localGroupSizeX());
    set(setter("localGroupSizeY"), context.localGroupSizeY());
    set(setter("localGroupSizeZ"), context.localGroupSizeZ());
  }

  void enterGroup() {
    set(GROUP_X, context.groupIdx());
    set(GROUP_Y, context.groupIdy());
    set(GROUP_Z, context.groupIdz());
  }

  void enterItem() {
    set(LOCAL_X, context.localIdx());
    set(LOCAL_Y, context.localIdy());
    set(LOCAL_Z, context.localIdz());
    set(GLOBAL_X, context.globalIdx());
    set(GLOBAL_Y, context.globalIdy());
    set(GLOBAL_Z, context.globalIdz());
  }

  private void set(MethodHandle setter, int value) {
    try {
      setter.invokeExact((KernelContext) context, Integer.valueOf(value));
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
