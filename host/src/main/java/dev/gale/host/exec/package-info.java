/** Running kernels: the worker threads, work groups, barriers, local memory. */
@NullMarked
package dev.gale.host.exec;

import org.jspecify.annotations.NullMarked;
