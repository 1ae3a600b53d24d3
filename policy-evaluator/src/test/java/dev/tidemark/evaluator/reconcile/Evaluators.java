package dev.tidemark.evaluator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.Manifests;
import dev.tidemark.evaluator.Statuses;
import dev.tidemark.evaluator.domain.TargetHistory;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.resources.CountedResources;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Evaluators in stepped time: one log, and each sees resources of its own. */
final class Evaluators implements AutoCloseable {

    static final int PARTITIONS = 3;

    final World world;
    final SimulatedGroup group;
    final SimulatedGroup deciding;
    final List<LogRecord> log = new ArrayList<>();

    /** What is declared in truth, which who is assigned a partition has seen by then. */
    Manifests truth = Manifests.NONE;

    Evaluators(long seed) {
        world = new World(seed);
        group = new SimulatedGroup(world, Topic.POLICY_DECLARED, PARTITIONS);
        deciding = new SimulatedGroup(world, Topic.POLICY_DECIDED, PARTITIONS);
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

    /** The log has a decision. */
    void decide(PolicyDecided decided) {
        deciding.append(decided.target().text(), Envelope.first(decided, "test", World.BEGIN));
    }

    One replica(String name, UnaryOperator<Ownership> proofs) {
        return new One(name, new Statuses(), proofs, true);
    }

    /** @param statuses where another keeps status too */
    One replica(String name, Statuses statuses) {
        return new One(name, statuses, UnaryOperator.identity(), true);
    }

    One replica(String name, Statuses statuses, boolean complete) {
        return new One(name, statuses, UnaryOperator.identity(), complete);
    }

    /** @param complete whether its source can be read when it starts */
    One replica(String name, boolean complete) {
        return new One(name, new Statuses(), UnaryOperator.identity(), complete);
    }

    One replica(String name) {
        return replica(name, UnaryOperator.identity());
    }

    @Override
    public void close() {
        world.end();
    }

    /** One replica. */
    final class One implements EvaluatorWork.Partitions {

        final World.Replica process;
        final EvaluatorWork work;
        final Statuses statuses;
        final ResourceCache resources;
        final CountedResources counted;
        final List<String> events = new ArrayList<>();

        /** Of each run, of which object and how long. */
        final List<String> runs = new ArrayList<>();

        /** Whose status the metrics heard of. */
        final Set<ResourceId> shown = ConcurrentHashMap.newKeySet();

        private final class Runs implements StatusListener {

            @Override
            public void ran(ResourceId object, Duration took) {
                runs.add(object + " " + took);
            }

            @Override
            public void shows(Resource<?> object, StatusOwner owner, JsonNode status) {
                shown.add(object.id());
            }

            @Override
            public void gone(ResourceId object) {}
        }

        /** How often a policy was worked out. */
        int read;

        /** Of which targets the past was read. */
        int pasts;

        private final String name;
        private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, new Random(1));

        One(String name, Statuses statuses, UnaryOperator<Ownership> proofs, boolean complete) {
            this.name = name;
            this.process = world.replica(name);
            this.statuses = statuses;
            this.resources = new ResourceCache(PolicySources.KINDS, PolicySources.INDEXES, task -> {
                var unused = process.start(name + " resources", task);
            });
            this.counted = new CountedResources(resources);
            this.work = new EvaluatorWork(
                    new EvaluatorWork.Parts(
                            "local",
                            PARTITIONS,
                            CrossNamespaceRefs.ALLOWED,
                            counted,
                            new StatusPublisher(
                                    statuses,
                                    (resource, type, reason, message) -> events.add(reason),
                                    new Runs(),
                                    backoff,
                                    process),
                            publications -> {
                                publications.forEach(this::write);
                                world.pause();
                            },
                            this::histories,
                            backoff,
                            process),
                    this,
                    proofs,
                    sources -> {
                        read++;
                        return WantedPolicy.of(sources, "local", CrossNamespaceRefs.ALLOWED);
                    });
            if (complete) {
                resources.completed(absent -> true);
            }
            work.start();
        }

        private Map<Target, TargetHistory> histories(Set<Target> targets) {
            pasts += targets.size();
            return Evaluators.this.histories(targets);
        }

        @Override
        public PartitionRuntime<DeclarationShard> declared(Function<Epoch, DeclarationShard> shards) {
            return group.replica(
                    process,
                    new PartitionRuntime.Settings(name, Topic.POLICY_DECLARED, PARTITIONS, 100, backoff),
                    (partitions, sink) -> {
                        world.pause();
                        if (!truth.resources().isEmpty()) {
                            truth.give(resources);
                        }
                        List.copyOf(log).stream()
                                .filter(record -> partitions.contains(record.partition()))
                                .forEach(sink);
                    },
                    shards,
                    (record, reason) -> {});
        }

        @Override
        public PartitionRuntime<StatusShard> decided(Function<Epoch, StatusShard> shards) {
            return deciding.replica(
                    process,
                    new PartitionRuntime.Settings(name, Topic.POLICY_DECIDED, PARTITIONS, 100, backoff),
                    (partitions, sink) -> world.pause(),
                    shards,
                    (record, reason) -> {});
        }

        private void write(Publication publication) {
            switch (publication) {
                case Publication.Fact(Envelope<?> envelope) -> append(envelope.key(), envelope, Map.of());
                case Publication.Tombstone tombstone -> append(tombstone.key(), null, tombstone.headers());
            }
        }

        void declare(Manifests manifests) {
            manifests.give(resources);
        }

        /** These are not there any more, and were not while nobody looked. */
        void delete(ResourceId id) {
            resources.delete(id);
        }
    }
}
