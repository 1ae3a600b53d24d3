/** Policies: one new tag, a full pass, a range; and the topology under load. */
@NullMarked
package dev.tidemark.benchmarks.policies;

import org.jspecify.annotations.NullMarked;
