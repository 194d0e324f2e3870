/** The ONNX project's own test vectors, read from a folder that is not part of the tree. */
@NullMarked
package dev.gale.validation.onnx;

import org.jspecify.annotations.NullMarked;
