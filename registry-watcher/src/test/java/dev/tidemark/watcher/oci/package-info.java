/** Tests. */
@NullMarked
package dev.tidemark.watcher.oci;

import org.jspecify.annotations.NullMarked;
