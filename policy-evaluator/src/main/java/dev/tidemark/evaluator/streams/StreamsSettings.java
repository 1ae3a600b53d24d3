package dev.tidemark.evaluator.streams;

import java.time.Duration;

/** How the topology runs; what each means to an operator stands where it is set. */
public interface StreamsSettings {

    /** Name of the group, without the cluster's prefix. */
    String applicationId();

    int standbyReplicas();

    Duration commitInterval();

    Duration poll();

    Duration transactionTimeout();
}
