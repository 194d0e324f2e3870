/** What is right, and whether a result is: references, error bounds, cases, the harness and its reports. */
@NullMarked
package dev.gale.validation;

import org.jspecify.annotations.NullMarked;
