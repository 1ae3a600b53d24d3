@NullMarked
package dev.tidemark.committer.setters;

import org.jspecify.annotations.NullMarked;
