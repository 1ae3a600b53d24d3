/** The memory for objects of this process: what it has, what it expects to need, and when that comes to its limit. */
@NullMarked
package dev.tidemark.runtime.memory;

import org.jspecify.annotations.NullMarked;
