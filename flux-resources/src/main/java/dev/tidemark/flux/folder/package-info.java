/** Folder mode: resources from a directory of manifests, status as YAML beside them. */
@NullMarked
package dev.tidemark.flux.folder;

import org.jspecify.annotations.NullMarked;
