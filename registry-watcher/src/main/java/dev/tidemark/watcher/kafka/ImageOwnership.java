package dev.tidemark.watcher.kafka;

import dev.tidemark.runtime.PartitionOwnership;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;

/** An image belongs to whoever holds its partition of {@code registry-notified}. */
@Singleton
@Identifier(NotificationChannel.IN)
public class ImageOwnership extends PartitionOwnership {

    ImageOwnership(KafkaClientService clients) {
        super(NotificationChannel.IN, clients);
    }
}
