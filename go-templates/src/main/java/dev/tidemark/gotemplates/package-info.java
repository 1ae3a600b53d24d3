/** Go's text/template in Java: parse once, execute many times. */
@NullMarked
package dev.tidemark.gotemplates;

import org.jspecify.annotations.NullMarked;
