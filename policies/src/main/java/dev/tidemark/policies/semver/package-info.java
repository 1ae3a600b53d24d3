/** Versions, their precedence and ranges of them, exactly as Flux reads them. */
@NullMarked
package dev.tidemark.policies.semver;

import org.jspecify.annotations.NullMarked;
