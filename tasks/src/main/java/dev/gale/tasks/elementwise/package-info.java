/** Computing element by element: adding a bias. */
@NullMarked
package dev.gale.tasks.elementwise;

import org.jspecify.annotations.NullMarked;
