/** The devices that the installed TornadoVM offers. */
@NullMarked
package dev.gale.tasks.device;

import org.jspecify.annotations.NullMarked;
