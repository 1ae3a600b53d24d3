/** How events become records of Kafka: serializers, the partitioner, how large records may be. */
@NullMarked
package dev.tidemark.events.kafka;

import org.jspecify.annotations.NullMarked;
