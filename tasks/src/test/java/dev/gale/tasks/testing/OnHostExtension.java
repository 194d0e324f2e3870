package dev.gale.tasks.testing;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceId;
import dev.gale.tasks.device.Devices;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Carries out {@link OnHost}. */
final class OnHostExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Device.class;
  }

  @Override
  public Device resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Devices.find(new DeviceId("host", 0));
  }
}
