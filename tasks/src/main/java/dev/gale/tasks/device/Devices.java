package dev.gale.tasks.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of the TornadoVM runtime that this JVM was started with. */
public final class Devices {

  private Devices() {}

  /**
   * All devices, backend by backend, in TornadoVM's order.
   *
   * @throws IllegalStateException if the JVM was started with {@code tornado.recover.bailout} on: TornadoVM would then
   *     run kernels that fail as sequential Java and report success; or if
   *     there is a device behind a backend, and the JVM was not started with {@code -Djdk.graal.MethodInlineBailoutLimit=10000}: kernels would be compiled in parts
   */
  public static List<Device> all() {
    SequentialFallback.turnOff();
    FixReads.turnOff();
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    List<Device> devices = new ArrayList<>();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend backend = runtime.getBackend(b);
      for (int d = 0; d < backend.getNumDevices(); d++) {
        if (backend.getBackendType() != TornadoVMBackendType.JAVA) {
          Inlining.requireFarBound();
        }
        devices.add(DeviceProbe.probe(backend, d));
      }
    }
    return List.copyOf(devices);
  }

  /**
   * The device of that name.
   *
   * @throws DeviceNotFoundException if there is none
   */
  public static Device find(DeviceId id) {
    List<Device> all = all();
    return all.stream()
        .filter(device -> device.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new DeviceNotFoundException(id.toString(), all));
  }

  /**
   * The device to use when none is named: a GPU, else an accelerator, else a CPU, else the JVM; the first of its kind.
   *
   * @throws DeviceNotFoundException if there is none at all
   */
  public static Device best() {
    List<Device> all = all();
    return all.stream()
        .min(Comparator.comparingInt(device -> preference(device.info().kind())))
        .orElseThrow(() -> new DeviceNotFoundException("of any kind", all));
  }

  private static int preference(DeviceKind kind) {
    return switch (kind) {
      case GPU -> 0;
      case ACCELERATOR, FPGA -> 1;
      case CPU -> 2;
      case JVM -> 3;
    };
  }
}
