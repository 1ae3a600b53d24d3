package dev.tidemark.evaluator.kafka;

import dev.tidemark.runtime.PartitionOwnership;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;

/** Whose partitions of {@code policy-declared} this replica keeps in step with the resources. */
@Singleton
@Identifier("policy-evaluator-policy-declared")
public final class DeclaredOwnership extends PartitionOwnership {

    DeclaredOwnership(KafkaClientService clients) {
        super(DeclaredChannel.IN, clients);
    }
}
