@NullMarked
package dev.tidemark.go.semver;

import org.jspecify.annotations.NullMarked;
