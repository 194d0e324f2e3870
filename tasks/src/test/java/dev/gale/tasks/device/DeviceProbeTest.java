package dev.gale.tasks.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** What is read from the devices of backends that are not there to run on. */
class DeviceProbeTest {

  @Test
  void readsAnOpenClDevice() {
    DeviceInfo info =
        probe(
            TornadoVMBackendType.OPENCL,
            TornadoDeviceType.GPU,
            new Card(" cl_khr_fp16 cl_khr_icd "));
    assertThat(info)
        .isEqualTo(
            new DeviceInfo(
                new DeviceId("opencl", 2),
                "a card",
                DeviceKind.GPU,
                24,
                1L << 33,
                1L << 31,
                1L << 15,
                1024,
                0,
                true,
                false));
  }

  @Test
  void asksForDoublePrecision_whenTheExtensionsDoNotTell() {
    DeviceInfo info =
        probe(TornadoVMBackendType.SPIRV, TornadoDeviceType.ACCELERATOR, new DoublesCard());
    assertThat(info.id()).hasToString("spirv:2");
    assertThat(info.kind()).isEqualTo(DeviceKind.ACCELERATOR);
    assertThat(info.fp64()).isTrue();
    assertThat(info.fp16()).isFalse();
  }

  @Test
  void knowsWhatNvidiaHas_whenThereIsNothingToAsk() {
    DeviceInfo info = probe(TornadoVMBackendType.PTX, TornadoDeviceType.GPU, new PlainCard());
    assertThat(info.id()).hasToString("ptx:2");
    assertThat(info.fp64()).isTrue();
    assertThat(info.fp16()).isTrue();
    assertThat(info.maxWorkGroupSize()).isEqualTo(1024);
  }

  @Test
  void claimsNothing_whenADeviceTellsNothing() {
    DeviceInfo info = probe(TornadoVMBackendType.OPENCL, TornadoDeviceType.FPGA, new PlainCard());
    assertThat(info.kind()).isEqualTo(DeviceKind.FPGA);
    assertThat(info.fp64()).isFalse();
    assertThat(info.fp16()).isFalse();
  }

  private static DeviceInfo probe(
      TornadoVMBackendType backend, TornadoDeviceType type, TornadoTargetDevice card) {
    TornadoDevice handle =
        answering(TornadoDevice.class, Map.of("getPhysicalDevice", card, "getDeviceType", type));
    TornadoBackend named =
        answering(TornadoBackend.class, Map.of("getDevice", handle, "getBackendType", backend));
    return DeviceProbe.probe(named, 2).info();
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              assertThat(answers).containsKey(method.getName());
              return answers.get(method.getName());
            }));
  }

  /** A device that tells what the API asks for, and no more. */
  public static class PlainCard implements TornadoTargetDevice {
    @Override
    public String getDeviceName() {
      return "a card ";
    }

    @Override
    public long getDeviceGlobalMemorySize() {
      return 1L << 33;
    }

    @Override
    public long getDeviceLocalMemorySize() {
      return 1L << 15;
    }

    @Override
    public int getDeviceMaxComputeUnits() {
      return 24;
    }

    @Override
    public long[] getDeviceMaxWorkItemSizes() {
      return new long[] {1024, 1024, 64};
    }

    @Override
    public long[] getDeviceMaxWorkGroupSize() {
      return new long[] {Integer.MAX_VALUE, 65535, 65535};
    }

    @Override
    public int getMaxThreadsPerBlock() {
      return 1024;
    }

    @Override
    public int getDeviceMaxClockFrequency() {
      return 1000;
    }

    @Override
    public long getDeviceMaxConstantBufferSize() {
      return 1L << 16;
    }

    @Override
    public long getDeviceMaxAllocationSize() {
      return 1L << 31;
    }

    @Override
    public String getDeviceInfo() {
      return "a card";
    }
  }

  /** One that names its extensions. */
  public static final class Card extends PlainCard {
    private final String extensions;

    Card(String extensions) {
      this.extensions = extensions;
    }

    public String getDeviceExtensions() {
      return extensions;
    }
  }

  /** One that says whether it has double precision, as TornadoVM's Level Zero devices do. */
  public static final class DoublesCard extends PlainCard {
    public String getDeviceExtensions() {
      return "ZE_extension_float_atomics";
    }

    public boolean isDeviceDoubleFPSupported() {
      return true;
    }
  }
}
