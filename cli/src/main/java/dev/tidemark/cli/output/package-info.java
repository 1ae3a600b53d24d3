/** What is printed: tables, descriptions, documents. */
@NullMarked
package dev.tidemark.cli.output;

import org.jspecify.annotations.NullMarked;
