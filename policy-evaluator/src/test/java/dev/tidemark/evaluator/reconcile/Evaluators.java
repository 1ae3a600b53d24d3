package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.evaluator.domain.TargetHistory;
import dev.tidemark.evaluator.domain.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Evaluators in stepped time: one log, and each sees resources of its own. */
final class Evaluators implements AutoCloseable {

    static final int PARTITIONS = 3;

    final World world;
    final SimulatedGroup group;
    final List<LogRecord> log = new ArrayList<>();

    /** What is declared in truth, which who is assigned a partition has seen by then. */
    ResourceSnapshot truth = ResourceSnapshot.EMPTY;

    Evaluators(long seed) {
        world = new World(seed);
        group = new SimulatedGroup(world, Topic.POLICY_DECLARED, PARTITIONS);
    }

    void append(String key, @Nullable Envelope<?> envelope, Map<String, String> headers) {
        int partition = Partitioning.partition(Topic.POLICY_DECLARED, key, PARTITIONS);
        log.add(new LogRecord(
                Topic.POLICY_DECLARED, partition, group.end(partition), Instant.EPOCH, key, envelope, headers));
        if (envelope == null) {
            group.bury(key, headers);
        } else {
            group.append(key, envelope);
        }
    }

    /** What the log tells of targets; who asks waits for it. */
    Map<Target, TargetHistory> histories(Set<Target> targets) {
        world.pause();
        Map<Target, TargetHistory> histories = new HashMap<>();
        for (LogRecord record : List.copyOf(log)) {
            Keys.Declared one = Keys.parseDeclared(record.key()).orElseThrow();
            if (targets.contains(one.target())) {
                TargetHistory before = histories.getOrDefault(one.target(), TargetHistory.NONE);
                histories.put(
                        one.target(),
                        record.envelope() != null && record.envelope().event() instanceof PolicyDeclared policy
                                ? before.declared(one.image(), policy.sequence())
                                : before.withdrawn(one.image(), Withdrawal.of(record.headers())));
            }
        }
        world.pause();
        return histories;
    }

    /** By target, the rule and the image that the log declares; two of one target show both. */
    Map<String, String> declared() {
        Map<String, PolicyDeclared> newest = new TreeMap<>();
        for (LogRecord record : log) {
            if (record.envelope() != null && record.envelope().event() instanceof PolicyDeclared policy) {
                newest.put(record.key(), policy);
            } else {
                newest.remove(record.key());
            }
        }
        Map<String, String> declared = new TreeMap<>();
        newest.values()
                .forEach(policy -> declared.merge(
                        policy.target().name(),
                        policy.image().repository() + ' ' + policy.annotations().getOrDefault("tidemark.dev/hold", ""),
                        (one, other) -> one + " and " + other));
        return declared;
    }

    One replica(String name, UnaryOperator<Ownership> proofs) {
        return new One(name, new Manifests(), proofs);
    }

    /** @param statuses where another keeps status too */
    One replica(String name, Manifests statuses) {
        return new One(name, statuses, UnaryOperator.identity());
    }

    One replica(String name) {
        return replica(name, UnaryOperator.identity());
    }

    @Override
    public void close() {
        world.end();
    }

    /** One replica. */
    final class One implements ResourceSource {

        final World.Replica process;
        final EvaluatorWork work;
        final Manifests statuses;
        private ResourceSnapshot declared = ResourceSnapshot.EMPTY;

        One(String name, Manifests statuses, UnaryOperator<Ownership> proofs) {
            this.process = world.replica(name);
            this.statuses = statuses;
            var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, new Random(1));
            this.work = new EvaluatorWork(
                    new EvaluatorWork.Parts(
                            "local",
                            PARTITIONS,
                            this,
                            statuses,
                            publications -> {
                                publications.forEach(this::write);
                                world.pause();
                            },
                            Evaluators.this::histories,
                            backoff,
                            process),
                    shards -> group.replica(
                            process,
                            new PartitionRuntime.Settings(name, Topic.POLICY_DECLARED, PARTITIONS, 100, backoff),
                            (partitions, sink) -> {
                                world.pause();
                                declared = truth.resources().isEmpty() ? declared : truth;
                                List.copyOf(log).stream()
                                        .filter(record -> partitions.contains(record.partition()))
                                        .forEach(sink);
                            },
                            shards,
                            (record, reason) -> {}),
                    proofs);
            work.start();
        }

        private void write(Publication publication) {
            switch (publication) {
                case Publication.Fact(Envelope<?> envelope) -> append(envelope.key(), envelope, Map.of());
                case Publication.Tombstone tombstone -> append(tombstone.key(), null, tombstone.headers());
            }
        }

        void declare(ResourceSnapshot resources) {
            declared = resources;
            work.resourcesChanged();
        }

        @Override
        public ResourceSnapshot current() {
            return declared;
        }

        @Override
        public Registration onChange(Consumer<ResourceSnapshot> listener) {
            return () -> {};
        }
    }
}
