/** Traces of OpenTelemetry, worked out from the facts that a service reads and appends (ADR 44). */
@NullMarked
package dev.tidemark.runtime.trace;

import org.jspecify.annotations.NullMarked;
