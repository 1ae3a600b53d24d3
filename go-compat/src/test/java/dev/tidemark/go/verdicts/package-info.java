/** What Go programs recorded, and the vectors, for tests to read. */
@NullMarked
package dev.tidemark.go.verdicts;

import org.jspecify.annotations.NullMarked;
