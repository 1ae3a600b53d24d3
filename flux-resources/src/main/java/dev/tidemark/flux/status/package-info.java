/** What services say of resources: status and events. */
@NullMarked
package dev.tidemark.flux.status;

import org.jspecify.annotations.NullMarked;
