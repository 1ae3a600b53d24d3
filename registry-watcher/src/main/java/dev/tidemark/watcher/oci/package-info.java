/** Registries over HTTP: the distribution API, its logins and docker configs. Plain Java. */
@NullMarked
package dev.tidemark.watcher.oci;

import org.jspecify.annotations.NullMarked;
