@NullMarked
package dev.tidemark.committer.kafka;

import org.jspecify.annotations.NullMarked;
