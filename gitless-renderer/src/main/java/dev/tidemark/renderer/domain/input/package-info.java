/** What providers export and how a ResourceSet combines it (flux-gitless 1.8, 2.2). */
@NullMarked
package dev.tidemark.renderer.domain.input;

import org.jspecify.annotations.NullMarked;
