/** From a task's lambda to the Java method behind it, and what that method's bytecode says about it. */
@NullMarked
package dev.gale.host.kernel;

import org.jspecify.annotations.NullMarked;
