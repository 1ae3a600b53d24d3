/** Resources as tests of services need them. */
@NullMarked
package dev.tidemark.runtime.resources;

import org.jspecify.annotations.NullMarked;
