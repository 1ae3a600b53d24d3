/** What ResourceSets mean: pure decisions, no files, no log, no framework. */
@NullMarked
package dev.tidemark.renderer.domain;

import org.jspecify.annotations.NullMarked;
