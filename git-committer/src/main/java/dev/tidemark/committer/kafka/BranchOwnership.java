package dev.tidemark.committer.kafka;

import dev.tidemark.committer.domain.Ownership;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.PartitionOwnership;
import dev.tidemark.runtime.log.LogSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A branch belongs to whoever holds its partition of {@code branch-state}. */
@Singleton
@Identifier(BranchChannels.IN)
public final class BranchOwnership extends PartitionOwnership implements Ownership {

    /** A broker that takes longer than a session to answer would have given the partition away. */
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(6);

    private final int partitions;

    BranchOwnership(KafkaClientService clients, LogSettings log) {
        super(BranchChannels.IN, clients);
        this.partitions = log.partitions();
    }

    @Override
    public boolean owns(Branch branch) {
        return owns(partition(branch));
    }

    @Override
    public boolean proves(Branch branch) {
        return prove(partition(branch), PROOF_LIMIT);
    }

    private int partition(Branch branch) {
        return Partitioning.partition(Topic.BRANCH_STATE, branch.text(), partitions);
    }
}
