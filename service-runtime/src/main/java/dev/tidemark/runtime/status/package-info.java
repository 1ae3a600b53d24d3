/** Status of resources, off the critical path: by whoever owns the resource, and by nobody else. */
@NullMarked
package dev.tidemark.runtime.status;

import org.jspecify.annotations.NullMarked;
