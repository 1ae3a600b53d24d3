/**
 * Partitions that a replica owns: what is known of them is loaded, then their work is done, and the proof that they are
 * still owned is asked for before each effect. Modelled on the coordinators of Apache Kafka.
 */
@NullMarked
package dev.tidemark.runtime.partition;

import org.jspecify.annotations.NullMarked;
