/** Contracts that all variants of an operator meet on every device. */
@NullMarked
package dev.gale.validation.contract;

import org.jspecify.annotations.NullMarked;
