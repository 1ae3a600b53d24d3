/** Whether an object in a cluster has become what it was made for (flux-gitless 2.9.1). */
@NullMarked
package dev.tidemark.renderer.domain.health;

import org.jspecify.annotations.NullMarked;
