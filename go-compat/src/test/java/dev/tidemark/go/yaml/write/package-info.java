@NullMarked
package dev.tidemark.go.yaml.write;

import org.jspecify.annotations.NullMarked;
