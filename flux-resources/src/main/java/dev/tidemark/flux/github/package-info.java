/** GitHub Apps: what a Secret says of one, and the tokens that GitHub gives it (flux-git-based 13). */
@NullMarked
package dev.tidemark.flux.github;

import org.jspecify.annotations.NullMarked;
