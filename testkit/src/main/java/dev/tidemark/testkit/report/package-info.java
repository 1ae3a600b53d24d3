/** What the build prints at its end: coverage, framework share, class sizes, skipped tests. */
@NullMarked
package dev.tidemark.testkit.report;

import org.jspecify.annotations.NullMarked;
