/** Task graphs as recorded from the API and as executed: tasks, transfers, profiler values. */
@NullMarked
package dev.gale.host.graph;

import org.jspecify.annotations.NullMarked;
