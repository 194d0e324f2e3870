/** To be written. */
@org.jspecify.annotations.NullMarked
package dev.gale.host;
