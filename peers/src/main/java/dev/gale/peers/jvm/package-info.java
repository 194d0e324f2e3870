/** Matrix libraries in plain Java, in single precision. Their matrices are arrays on the heap. */
@NullMarked
package dev.gale.peers.jvm;

import org.jspecify.annotations.NullMarked;
