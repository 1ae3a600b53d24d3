package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.streams.StreamsSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of policy-evaluator. */
@ConfigMapping(prefix = "tidemark.policy-evaluator")
public interface EvaluatorConfig extends StreamsSettings {

    /** Streams' name for this application: its group and the prefix of its changelogs. */
    @Override
    @WithDefault("policy-evaluator")
    String applicationId();

    /** How many other replicas keep a warm copy of each partition's state. */
    @Override
    @WithDefault("0")
    int standbyReplicas();

    /** How often input is committed that led to no decision; decisions are committed at once. */
    @Override
    @WithDefault("1s")
    Duration commitInterval();

    /**
     * How long a poll waits at most for a record; one that comes ends the wait, and so does whatever is due by time. Each
     * round costs a third of a millisecond of processor time.
     */
    @Override
    @WithDefault("1s")
    Duration poll();

    /**
     * When a transaction of a dead replica is given up, so that readers go on. Far longer than the work between two
     * commits takes, also on a machine that is busy with other things: a slower one would lose its work and begin again.
     */
    @Override
    @WithDefault("15s")
    Duration transactionTimeout();
}
