/** NumPy's {@code .npy} files: headers checked before anything is read, bodies by {@code org.jetbrains.bio:npy}. */
@NullMarked
package dev.gale.cli.npy;

import org.jspecify.annotations.NullMarked;
