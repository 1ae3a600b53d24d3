/** Which events are told to whom, and in which words: pure. */
@NullMarked
package dev.tidemark.flux.alert;

import org.jspecify.annotations.NullMarked;
