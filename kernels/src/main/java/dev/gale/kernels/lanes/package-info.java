/**
 * What kernels that are blocked for vector registers share: operations on {@link
 * uk.ac.manchester.tornado.api.types.vectors.Float16} that TornadoVM's API lacks, or compiles badly. They are inlined
 * into the kernels.
 */
@NullMarked
package dev.gale.kernels.lanes;

import org.jspecify.annotations.NullMarked;
