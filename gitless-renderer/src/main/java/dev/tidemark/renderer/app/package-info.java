/** What the service is made of, its settings and its health. */
@NullMarked
package dev.tidemark.renderer.app;

import org.jspecify.annotations.NullMarked;
