/** What services share beside the log (ADR 3): plain Java. The framework's part is {@code dev.tidemark.runtime.quarkus}. */
@NullMarked
package dev.tidemark.runtime;

import org.jspecify.annotations.NullMarked;
