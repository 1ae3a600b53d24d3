/** Versions, their precedence and ranges of them, exactly as Masterminds' semver reads them: Flux's and Helm's library. */
@NullMarked
package dev.tidemark.go.semver;

import org.jspecify.annotations.NullMarked;
