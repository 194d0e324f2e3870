/**
 * Other libraries, to be measured beside Gale: what their calls have in common. Each library has a package of its own.
 * Whatever they need is allocated and copied before the first call; a call computes, and copies nothing.
 */
@NullMarked
package dev.gale.peers;

import org.jspecify.annotations.NullMarked;
