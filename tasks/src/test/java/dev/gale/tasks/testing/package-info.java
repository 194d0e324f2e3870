/** What tests of devices share; other modules take it from this module's test jar. */
@NullMarked
package dev.gale.tasks.testing;

import org.jspecify.annotations.NullMarked;
