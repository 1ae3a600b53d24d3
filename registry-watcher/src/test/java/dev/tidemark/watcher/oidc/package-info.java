/** Tests. */
@NullMarked
package dev.tidemark.watcher.oidc;

import org.jspecify.annotations.NullMarked;
