/** Which tags a registry has, when to look and what changed. Pure: no framework, no network. */
@NullMarked
package dev.tidemark.watcher.domain;

import org.jspecify.annotations.NullMarked;
