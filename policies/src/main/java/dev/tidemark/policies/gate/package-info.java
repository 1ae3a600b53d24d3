/** The annotations of a policy: a list of gates, each in one class, that admit what would happen or hold it back. */
@NullMarked
package dev.tidemark.policies.gate;

import org.jspecify.annotations.NullMarked;
