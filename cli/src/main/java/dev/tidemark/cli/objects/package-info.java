/** Which kinds there are and where their objects are found. */
@NullMarked
package dev.tidemark.cli.objects;

import org.jspecify.annotations.NullMarked;
