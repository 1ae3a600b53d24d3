/** A Kafka broker (KRaft) inside the JVM: all-in-one's log, and the tests'. */
@NullMarked
package dev.tidemark.broker;

import org.jspecify.annotations.NullMarked;
