/** Moving elements between layouts: splitting into heads, merging heads. */
@NullMarked
package dev.gale.tasks.layout;

import org.jspecify.annotations.NullMarked;
