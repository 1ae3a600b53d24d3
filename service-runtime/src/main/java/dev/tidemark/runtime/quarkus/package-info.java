/**
 * What every service's wiring would otherwise repeat (ADR 3), as CDI beans: where the log is, where resources come from,
 * who may use the management listener. The only package of this module that knows the framework; no decisions.
 */
@NullMarked
package dev.tidemark.runtime.quarkus;

import org.jspecify.annotations.NullMarked;
