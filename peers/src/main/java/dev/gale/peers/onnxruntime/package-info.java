/** ONNX Runtime, on its CPU execution provider: a model of one operator. */
@NullMarked
package dev.gale.peers.onnxruntime;

import org.jspecify.annotations.NullMarked;
