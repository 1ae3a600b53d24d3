/** What a template function is: its signature, its arguments, its body. */
@NullMarked
package dev.tidemark.gotemplates.function;

import org.jspecify.annotations.NullMarked;
