/**
 * The evaluation of policies over what is known of tags: what they come to, when, and why. Pure: the same in the topology, in a
 * replay and in a question about the past; only the tables, the publisher and the clock differ.
 */
@NullMarked
package dev.tidemark.evaluation;

import org.jspecify.annotations.NullMarked;
