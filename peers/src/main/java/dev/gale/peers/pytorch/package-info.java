/**
 * PyTorch, without Python: its native library, called through Deep Java Library's engine, which runs TorchScript. A call
 * is a script of one operator.
 */
@NullMarked
package dev.gale.peers.pytorch;

import org.jspecify.annotations.NullMarked;
