package dev.gale.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.host.exec.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class HostRuntimeTest {

  private final TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();

  @Test
  void thereIsOneBackendWithOneDevice() {
    assertThat(runtime).isInstanceOf(HostRuntime.class);
    assertThat(runtime.getNumBackends()).isEqualTo(1);
    assertThat(runtime.getBackendType(0)).isEqualTo(TornadoVMBackendType.JAVA);
    TornadoBackend backend = runtime.getBackend(0);
    assertThat(backend.getName().toLowerCase(Locale.ROOT)).isEqualTo("host");
    assertThat(backend.getNumDevices()).isEqualTo(1);
    assertThat(backend.getAllDevices()).containsExactly(backend.getDefaultDevice());
    assertThat(backend.getDefaultDevice()).isSameAs(runtime.getDefaultDevice());
    assertThat(runtime.getBackend(HostBackend.class)).isSameAs(backend);
    assertThat(runtime.getBackendIndex(HostBackend.class)).isZero();
  }

  @Test
  void deviceDescribesTheMachine() {
    TornadoDevice device = runtime.getDefaultDevice();

    assertThat(device.getDeviceName()).isEqualTo("host:0");
    assertThat(device.getDeviceType()).isEqualTo(TornadoDeviceType.CPU);
    assertThat(device.getTornadoVMBackend()).isEqualTo(TornadoVMBackendType.JAVA);
    assertThat(device.getPhysicalDevice().getDeviceName()).isNotBlank();
    assertThat(device.getPhysicalDevice().getDeviceMaxComputeUnits())
        .isEqualTo(WorkerPool.shared().threads());
    assertThat(device.getMaxGlobalMemory()).isGreaterThan(1L << 28);
    assertThat(device.getDeviceLocalMemorySize()).isEqualTo(1 << 20);
    assertThat(device.getPhysicalDevice().getDeviceMaxWorkGroupSize()).containsExactly(4096);
    assertThat(device.getDeviceMaxWorkgroupDimensions()).containsExactly(4096, 4096, 4096);
    assertThat(device.getDeviceContext().isFP64Supported()).isTrue();
    assertThat(device.getDescription()).contains(device.getPhysicalDevice().getDeviceName());
  }

  @Test
  void deviceMapFindsTheDevice() {
    var map = TornadoExecutionPlan.getTornadoDeviceMap();

    assertThat(map.getNumBackends()).isEqualTo(1);
    assertThat(map.getDevicesByType(TornadoDeviceType.CPU)).hasSize(1);
    assertThat(map.getDevicesByType(TornadoDeviceType.GPU)).isEmpty();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> runtime.getBackend(1))
        .isInstanceOf(TornadoBackendNotFound.class)
        .hasMessage("backend 1: not found; the JVM has one backend, 0 (host)");
    assertThatThrownBy(() -> TornadoExecutionPlan.getDevice(0, 3))
        .isInstanceOf(TornadoDeviceNotFound.class)
        .hasMessage("device host:3: not found; the JVM has one device, host:0");
    assertThatThrownBy(() -> runtime.getDefaultDevice().enqueueBarrier(0))
        .hasMessage(
            "the JVM device (host:0) does not support TornadoDevice.enqueueBarrier,"
                + " a call of TornadoVM's runtime to its drivers");
  }

  @Test
  void settingsAreReadFromPropertiesAndFiles(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("tornado.properties"), "gale.test.colour = blue\n");

    TornadoRuntimeProvider.loadSettings(file.toString());
    TornadoRuntimeProvider.setProperty("gale.test.size", "5");

    assertThat(TornadoRuntimeProvider.getProperty("gale.test.colour")).isEqualTo("blue");
    assertThat(TornadoRuntimeProvider.getProperty("gale.test.size", "6")).isEqualTo("5");
    assertThat(TornadoRuntimeProvider.getProperty("gale.test.none", "6")).isEqualTo("6");
    assertThat(TornadoRuntimeProvider.getProperty("gale.test.none")).isNull();
    assertThat(TornadoRuntimeProvider.getProperty("java.version"))
        .isEqualTo(System.getProperty("java.version"));
    assertThatThrownBy(() -> TornadoRuntimeProvider.loadSettings(folder.resolve("none").toString()))
        .hasMessageContaining("none");
  }
}
