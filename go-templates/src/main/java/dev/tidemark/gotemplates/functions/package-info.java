/** Template functions, one class for each family. */
@NullMarked
package dev.tidemark.gotemplates.functions;

import org.jspecify.annotations.NullMarked;
