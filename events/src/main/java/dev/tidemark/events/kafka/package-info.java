/** What reads and writes the log with plain Kafka clients: serializers, partitioners, topic creation, tables. */
@NullMarked
package dev.tidemark.events.kafka;

import org.jspecify.annotations.NullMarked;
