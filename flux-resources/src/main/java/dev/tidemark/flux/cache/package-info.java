/** What is declared, as one service sees it: by kind, name and reference, with word of every change. */
@NullMarked
package dev.tidemark.flux.cache;

import org.jspecify.annotations.NullMarked;
