/** Image references as the established registry library reads them. */
@NullMarked
package dev.tidemark.policies.image;

import org.jspecify.annotations.NullMarked;
