/** A small honest OCI registry for trying out: it keeps, lists and announces what is pushed, and asks nobody who they are. */
@NullMarked
package dev.tidemark.demo.registry;

import org.jspecify.annotations.NullMarked;
