/** What a case stands on: Tidemark as it is shipped, the process of the load, manifests, a repository, and looks at them. */
@NullMarked
package dev.tidemark.benchmarks.bench.rig;

import org.jspecify.annotations.NullMarked;
