/** Input providers over tags: a policy whose selection is a list. */
@NullMarked
package dev.tidemark.policies.inputs;

import org.jspecify.annotations.NullMarked;
