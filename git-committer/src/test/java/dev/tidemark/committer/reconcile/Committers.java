package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.app.GitCommitter;
import dev.tidemark.committer.domain.CommitSigning;
import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.References;
import dev.tidemark.committer.git.SigningKeys;
import dev.tidemark.committer.message.TemplateMessages;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.resources.CountedResources;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Replicas of the committer in a world of stepped time: real shards, loops and reconcilers on a log and a remote in memory. */
final class Committers {

    static final int PARTITIONS = 4;
    static final String MAIN = "refs/heads/main";

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20), 0, new Random(5));
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    final World world;
    final SimulatedGroup group;
    final MemoryRemote remote = new MemoryRemote();
    final MemoryLog log = new MemoryLog();
    final Manifests manifests;
    final MemoryStatuses statuses = new MemoryStatuses();
    final List<Member> processes = new ArrayList<>();
    final List<UndecodableException> deadLetters = new ArrayList<>();

    /** Nobody's reader of {@code tag-selected} gets anything. */
    boolean tablesAreDeaf;

    /** {@code tag-selected}, oldest first. */
    private final List<Envelope<TagSelected>> selections = new ArrayList<>();

    /** {@code branch-state} as a new owner reads it. */
    private final List<LogRecord> states = new ArrayList<>();

    Committers(long seed, Manifests manifests) {
        this.world = new World(seed);
        this.group = new SimulatedGroup(world, Topic.BRANCH_STATE, PARTITIONS);
        this.manifests = manifests;
        remote.network = world::pause;
        statuses.network = world::pause;
        statuses.exist = manifests::has;
    }

    /** An automation of its own branch. */
    static String automation(String branch) {
        return Manifests.AUTOMATION
                .replace("name: auto", "name: auto-" + branch)
                .replace("staging", branch);
    }

    Member start(String name) {
        Member process = new Member(name);
        processes.add(process);
        var unused = manifests.feed(process.resources);
        process.controller.start();
        return process;
    }

    /** A selection that every living replica's table will show. */
    void select(String policy, String tag, long sequence) {
        log.select(policy, tag, sequence);
        selections.add(MemoryLog.selection(policy, tag, sequence));
        processes.forEach(Member::readSelections);
    }

    /** A record of {@code branch-state} by whoever it is, in the partition of its key. */
    void append(String key, @Nullable Envelope<?> envelope) {
        int partition = Partitioning.partition(Topic.BRANCH_STATE, key, PARTITIONS);
        append(partition, key, envelope == null ? null : EventCodec.encode(envelope));
    }

    /** The newest record of {@code branch-state} as it lies in the log. */
    String lastState() {
        return new String(
                EventCodec.encode(Objects.requireNonNull(states.getLast().envelope())), StandardCharsets.UTF_8);
    }

    void append(int partition, @Nullable String key, byte @Nullable [] value) {
        long offset = group.end(partition);
        group.append(partition, key, value);
        if (key != null) {
            try {
                states.add(new LogRecord(
                        Topic.BRANCH_STATE,
                        partition,
                        offset,
                        Instant.EPOCH,
                        key,
                        value == null ? null : EventCodec.decode(value),
                        Map.of()));
            } catch (UndecodableException unreadable) {
                // a loader leaves it out
            }
        }
    }

    static int partition(String branch) {
        return Partitioning.partition(Topic.BRANCH_STATE, "git.example/org/fleet#" + branch, PARTITIONS);
    }

    /** One replica. */
    final class Member {

        final World.Replica replica;
        final ResourceCache resources;
        final CountedResources counted;
        final BranchController controller;
        final List<MemoryRemote.Clone> clones = new ArrayList<>();
        int catchUps;

        @Nullable
        String tableProblem;

        private @Nullable PartitionRuntime<BranchShard> runtime;
        private final Map<Target, Envelope<TagSelected>> table = new HashMap<>();
        private final Map<CompletableFuture<Boolean>, Integer> waiting = new HashMap<>();
        private int position;
        private boolean reading;

        Member(String name) {
            this.replica = world.replica(name);
            this.resources =
                    new ResourceCache(GitCommitter.KINDS, References.INDEXES, task -> replica.start("resources", task));
            this.counted = new CountedResources(resources);
            var ports = new BranchController.Ports(
                    new Planner("local", CrossNamespaceRefs.ALLOWED, (automation, fault) -> {}),
                    counted,
                    manifests,
                    new StatusPublisher(statuses.of(name), statuses, BACKOFF, replica),
                    statuses,
                    target -> Optional.ofNullable(table.get(target)),
                    () -> Optional.ofNullable(tableProblem),
                    publisher(),
                    branch -> {
                        MemoryRemote.Clone clone = remote.new Clone();
                        clones.add(clone);
                        return clone;
                    },
                    new CommitBuilder(
                            new YamlSetters(),
                            new TemplateMessages(replica.clock()),
                            new CommitSigning(manifests, new SigningKeys(Clock.systemUTC())),
                            replica.clock()),
                    PARTITIONS);
            var settings = new PartitionRuntime.Settings(name, Topic.BRANCH_STATE, PARTITIONS, 100, BACKOFF);
            this.controller = new BranchController(ports, BACKOFF, BACKOFF, replica, shards -> {
                PartitionRuntime<BranchShard> made =
                        group.replica(replica, settings, this::load, shards, (record, why) -> deadLetters.add(why));
                runtime = made;
                return made;
            });
            readSelections();
        }

        PartitionRuntime<BranchShard> runtime() {
            return Objects.requireNonNull(runtime);
        }

        private EventPublisher publisher() {
            return publications -> {
                world.pause();
                log.append(publications);
                for (Publication publication : publications) {
                    if (publication instanceof Publication.Fact(Envelope<?> event)
                            && event.event() instanceof BranchState) {
                        Committers.this.append(event.key(), event);
                    }
                }
            };
        }

        private void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
            world.pause();
            for (LogRecord record : List.copyOf(states)) {
                if (partitions.contains(record.partition())) {
                    sink.accept(record);
                }
            }
            catchUps++;
            CompletableFuture<Boolean> caughtUp = new CompletableFuture<>();
            waiting.put(caughtUp, selections.size());
            showPosition();
            try {
                if (replica.await(caughtUp, CATCH_UP).isEmpty()) {
                    throw new IllegalStateException("the selections could not be read");
                }
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }

        /** The table's thread takes one more record, when its turn comes. */
        private void readSelections() {
            if (reading || tablesAreDeaf) {
                return;
            }
            reading = true;
            var unused = replica.start("tag-selected", () -> {
                while (position < selections.size()) {
                    world.pause();
                    Envelope<TagSelected> next = selections.get(position);
                    table.put(next.event().target(), next);
                    position++;
                    controller.selected(Set.of(next.event().target().text()));
                    showPosition();
                }
                reading = false;
            });
        }

        private void showPosition() {
            waiting.forEach((future, end) -> {
                if (position >= end) {
                    future.complete(true);
                }
            });
        }
    }
}
