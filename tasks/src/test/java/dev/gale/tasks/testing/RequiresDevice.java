package dev.gale.tasks.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a real TornadoVM device, a {@code *DeviceIT}. Its methods may take a {@code Device} parameter: the device
 * under test.
 *
 * <p>Where the runtime has no device but the JVM, the test is skipped with the reason that the build gives ({@code
 * gale.device.reason}); where the build requires a backend ({@code gale.require.backend}) that has no device, it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresDeviceExtension.class)
public @interface RequiresDevice {}
