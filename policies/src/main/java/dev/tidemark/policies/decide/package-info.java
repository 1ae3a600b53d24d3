/** From a policy, its annotations and what is published to one decision with its reasons. */
@NullMarked
package dev.tidemark.policies.decide;

import org.jspecify.annotations.NullMarked;
