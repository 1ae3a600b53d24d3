package dev.tidemark.evaluator.streams;

import java.time.Duration;
import java.util.Optional;

/** How the topology runs; what each means to an operator stands where it is set. */
public interface StreamsSettings {

    /** Name of the group, without the cluster's prefix. */
    String applicationId();

    /** Set only where a replica keeps its name. */
    Optional<String> instanceId();

    int standbyReplicas();

    Duration commitInterval();

    Duration poll();

    Duration transactionTimeout();

    Duration sessionTimeout();
}
