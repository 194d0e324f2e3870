/**
 * The JVM device: a TornadoVM runtime provider that runs task graphs in this Java process.
 *
 * <p>TornadoVM's API finds its implementation through three system properties; this package holds the classes they
 * name: {@link dev.gale.host.HostTaskGraph}, {@link dev.gale.host.HostRuntime} and {@link dev.gale.host.HostSettings}.
 * What the device does, and what it does not, stands in {@code docs/host-device.md}.
 */
@NullMarked
package dev.gale.host;

import org.jspecify.annotations.NullMarked;
