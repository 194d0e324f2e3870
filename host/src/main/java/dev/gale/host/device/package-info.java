/** The JVM described as a TornadoVM device: one backend, one device, the CPU it runs on. */
@NullMarked
package dev.gale.host.device;

import org.jspecify.annotations.NullMarked;
