/** Task graphs under construction, execution plans that run many times, and what a run reports. */
@NullMarked
package dev.gale.tasks.plan;

import org.jspecify.annotations.NullMarked;
