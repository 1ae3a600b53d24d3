/** A worked example: the data model of Flux's commit messages on host objects. */
@NullMarked
package dev.tidemark.gotemplates.examples;

import org.jspecify.annotations.NullMarked;
