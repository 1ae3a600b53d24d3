/** The surroundings of a measured installation, in a process of their own: a registry, a Git server, a sender of webhooks. */
@NullMarked
package dev.tidemark.benchmarks.bench.load;

import org.jspecify.annotations.NullMarked;
