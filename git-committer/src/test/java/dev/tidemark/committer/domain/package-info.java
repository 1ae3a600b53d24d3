@NullMarked
package dev.tidemark.committer.domain;

import org.jspecify.annotations.NullMarked;
