/** A policy over a list of tags: compiled once, evaluated in full or one tag at a time. */
@NullMarked
package dev.tidemark.policies.select;

import org.jspecify.annotations.NullMarked;
