/** How much one registry is asked at a time, decided from how it answers: pure, told what time it is. */
@NullMarked
package dev.tidemark.watcher.domain.budget;

import org.jspecify.annotations.NullMarked;
