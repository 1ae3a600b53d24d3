/** Tokens that prove a sender's identity, and the published keys that sign them. Plain Java. */
@NullMarked
package dev.tidemark.watcher.oidc;

import org.jspecify.annotations.NullMarked;
