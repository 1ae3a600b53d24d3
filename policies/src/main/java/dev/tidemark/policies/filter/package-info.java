/** Which tags a policy looks at: patterns, extraction, exclusion lists. */
@NullMarked
package dev.tidemark.policies.filter;

import org.jspecify.annotations.NullMarked;
