/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2), self and cross: projections, heads, attention, output
 * projection, in one task graph.
 */
@NullMarked
package dev.gale.models.multihead;

import org.jspecify.annotations.NullMarked;
