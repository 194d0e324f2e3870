/**
 * What vector kernels share: register tiles of a matrix product, the exponential, working memory.
 *
 * <p>Vector kernels are loop kernels whose body uses the JDK's Vector API on the memory of TornadoVM's arrays; they run
 * on the JVM device only. Their vectors are as long as the processor prefers ({@code -XX:MaxVectorSize} sets a bound).
 */
@NullMarked
package dev.gale.kernels.vector;

import org.jspecify.annotations.NullMarked;
