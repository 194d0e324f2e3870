package dev.gale.tasks.testing;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceKind;
import dev.gale.tasks.device.DeviceNotFoundException;
import dev.gale.tasks.device.Devices;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Carries out {@link RequiresDevice}. */
final class RequiresDeviceExtension implements ExecutionCondition, ParameterResolver {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<Device> candidates = candidates();
    if (!candidates.isEmpty()) {
      return ConditionEvaluationResult.enabled("runs on " + candidates.getFirst());
    }
    if (!requiredBackend().isEmpty()) {
      throw new DeviceNotFoundException(requiredBackend() + ":0", Devices.all());
    }
    return ConditionEvaluationResult.disabled(
        System.getProperty("gale.device.reason", "no device but the JVM"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Device.class;
  }

  @Override
  public Device resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return candidates().getFirst();
  }

  private static List<Device> candidates() {
    String backend = requiredBackend();
    return Devices.all().stream()
        .filter(device -> device.info().kind() != DeviceKind.JVM)
        .filter(device -> backend.isEmpty() || device.id().backend().equals(backend))
        .toList();
  }

  private static String requiredBackend() {
    return System.getProperty("gale.require.backend", "").strip();
  }
}
