/** Which tags a registry has, when to ask and what changed. Pure: no framework, no network. */
@NullMarked
package dev.tidemark.watcher.domain;

import org.jspecify.annotations.NullMarked;
