/** The demo's scenario: a Git repository, manifests and a registry on this machine, and what a push causes there. */
@NullMarked
package dev.tidemark.demo;

import org.jspecify.annotations.NullMarked;
