package dev.tidemark.renderer.kafka;

import dev.tidemark.runtime.PartitionOwnership;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;

/** Which ResourceSets and providers this replica serves: those whose target falls into a partition that it owns. */
@Singleton
@Identifier(RendererOwnership.CHANNEL)
public final class RendererOwnership extends PartitionOwnership {

    static final String CHANNEL = "gitless-renderer-tag-selected-in";

    RendererOwnership(KafkaClientService clients) {
        super(CHANNEL, clients);
    }
}
