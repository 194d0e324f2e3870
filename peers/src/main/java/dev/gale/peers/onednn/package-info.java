/**
 * oneDNN, by its primitives: matmul, softmax, and an attention composed of the two. The library has an attention of its
 * own in its graph interface, which has no Java binding.
 */
@NullMarked
package dev.gale.peers.onednn;

import org.jspecify.annotations.NullMarked;
