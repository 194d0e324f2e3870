/** ND4J. */
@NullMarked
package dev.gale.peers.nd4j;

import org.jspecify.annotations.NullMarked;
