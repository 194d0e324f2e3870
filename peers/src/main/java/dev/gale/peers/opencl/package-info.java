/** OpenCL without TornadoVM: kernels written by hand in OpenCL C, and the library CLBlast, both through JOCL. */
@NullMarked
package dev.gale.peers.opencl;

import org.jspecify.annotations.NullMarked;
