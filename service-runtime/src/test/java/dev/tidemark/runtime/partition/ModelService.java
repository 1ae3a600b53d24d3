package dev.tidemark.runtime.partition;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The smallest service with everything that the real ones have: it brings numbers that are notified for an image into a
 * remote, each once, with a compare-and-swap, after it has loaded what is there. The remote knows what must never happen.
 */
final class ModelService {

    static final int PARTITIONS = 4;
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20), 0, new Random(5));

    /** What is planted to see that the simulation finds it. */
    enum Fault {
        NONE,
        NO_FENCE,
        NO_COALESCING,
        ACTS_BEFORE_LOADED,
        COMMITS_THE_POSITION
    }

    /** What the effects are made on, and the log that they are loaded from. */
    static final class Remote {
        private final World world;
        final Map<String, List<Integer>> applied = new TreeMap<>();
        final List<String> violations = new ArrayList<>();
        boolean away;

        Remote(World world) {
            this.world = world;
        }

        List<Integer> fetch(String image) {
            world.pause();
            if (away) {
                throw new IllegalStateException("the remote is away");
            }
            return List.copyOf(applied.getOrDefault(image, List.of()));
        }

        /** False when somebody else was faster. */
        boolean push(String image, int expected, Set<Integer> numbers) {
            List<Integer> there = applied.computeIfAbsent(image, i -> new ArrayList<>());
            if (there.size() != expected) {
                return false;
            }
            there.addAll(numbers);
            return true;
        }

        Map<String, Integer> sizes() {
            Map<String, Integer> sizes = new HashMap<>();
            applied.forEach((image, numbers) -> sizes.put(image, numbers.size()));
            return sizes;
        }
    }

    private final World world;
    private final SimulatedGroup group;
    private final Remote remote;
    private final World.Replica replica;
    private final Fault fault;
    private final Random random;
    private final PartitionRuntime<ModelShard> runtime;
    private final ReconcileLoop<String> loop;
    private final Set<String> running = new HashSet<>();

    ModelService(World world, SimulatedGroup group, Remote remote, World.Replica replica, Fault fault, Random random) {
        this.world = world;
        this.group = group;
        this.remote = remote;
        this.replica = replica;
        this.fault = fault;
        this.random = random;
        this.loop = new ReconcileLoop<>(
                new ReconcileLoop.Settings("image", 100, 3, BACKOFF), new ImageReconciler(), replica);
        var settings = new PartitionRuntime.Settings("model", Topic.REGISTRY_NOTIFIED, PARTITIONS, 8, BACKOFF);
        this.runtime = group.replica(replica, settings, this::load, ModelShard::new, (record, why) -> {});
        runtime.start();
    }

    World.Replica replica() {
        return replica;
    }

    PartitionRuntime<ModelShard> runtime() {
        return runtime;
    }

    void close() {
        runtime.close();
        loop.close();
    }

    private void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        world.pause();
        if (random.nextInt(10) == 0) {
            throw new IllegalStateException("the log cannot be read");
        }
        world.pause();
    }

    private ModelShard shardOf(String image) {
        int partition = Partitioning.partition(new ImageName(image), PARTITIONS);
        return runtime.shard(partition).orElseThrow();
    }

    final class ModelShard implements Shard {
        private final Epoch epoch;
        private final Map<String, Integer> atAssignment;
        private final Map<String, Integer> known = new HashMap<>();
        private final Map<String, Map<Integer, Runnable>> requests = new HashMap<>();
        private boolean open;

        ModelShard(Epoch epoch) {
            this.epoch = epoch;
            this.atAssignment = remote.sizes();
        }

        @Override
        public void load(LogRecord record) {}

        @Override
        public void activated() {
            if (fault != Fault.ACTS_BEFORE_LOADED) {
                known.putAll(remote.sizes());
            }
            open = true;
        }

        @Override
        public void record(LogRecord record, Runnable done) {
            Envelope<?> envelope = record.envelope();
            if (envelope == null || !(envelope.event() instanceof RegistryNotified notified)) {
                throw new UndecodableException("not a notification");
            }
            String image = notified.image().text();
            requests.computeIfAbsent(image, i -> new TreeMap<>())
                    .put(
                            Integer.parseInt(
                                    Optional.ofNullable(notified.claimedTag()).orElseThrow()),
                            done);
            if (fault == Fault.NO_COALESCING) {
                var unused = replica.start("naive " + image, () -> runOnce(image));
            } else {
                loop.submit(image, Priority.URGENT);
            }
        }

        private void runOnce(String image) {
            try {
                var unused =
                        new ImageReconciler().reconcile(image, new Run(Set.of(), 0, Duration.ZERO, replica.clock()));
            } catch (InterruptedException | RuntimeException over) {
                // nobody tries it again
            }
        }

        @Override
        public CompletableFuture<Void> close() {
            open = false;
            return loop.stop(image -> Partitioning.partition(new ImageName(image), PARTITIONS) == epoch.partition());
        }

        @Override
        public void cancel() {
            loop.cancel(image -> Partitioning.partition(new ImageName(image), PARTITIONS) == epoch.partition());
        }
    }

    private final class ImageReconciler implements Reconciler<String> {

        @Override
        public ReconcileResult reconcile(String image, Run run) throws InterruptedException {
            if (!running.add(image)) {
                remote.violations.add("two runs of " + image + " at once");
            }
            try {
                return attempt(image);
            } finally {
                running.remove(image);
            }
        }

        private ReconcileResult attempt(String image) throws InterruptedException {
            int began = world.steps();
            ModelShard shard = shardOf(image);
            if (!shard.open) {
                remote.violations.add(image + " runs in a shard that is not active");
            }
            int known = shard.known.getOrDefault(image, 0);
            if (known < shard.atAssignment.getOrDefault(image, 0)) {
                remote.violations.add(image + " is worked on before it is loaded");
            }
            Map<Integer, Runnable> asked = new TreeMap<>(shard.requests.getOrDefault(image, Map.of()));
            List<Integer> there = remote.fetch(image);
            Set<Integer> missing = new TreeSet<>(asked.keySet());
            there.forEach(missing::remove);
            if (!missing.isEmpty()) {
                if (fault != Fault.NO_FENCE && !runtime.fence(shard.epoch)) {
                    return new ReconcileResult.Retry();
                }
                if (group.lastCommit(replica, shard.epoch.partition()) <= began) {
                    remote.violations.add(image + " is changed without a proof that is newer than the work");
                }
                if (!remote.push(image, there.size(), missing)) {
                    return new ReconcileResult.Retry();
                }
            }
            shard.known.put(image, there.size() + missing.size());
            asked.forEach((number, done) -> {
                shard.requests.getOrDefault(image, new HashMap<>()).remove(number);
                done.run();
            });
            return new ReconcileResult.AwaitChange();
        }

        @Override
        public void failed(String image, Throwable thrown, Run run) {
            // a remote that is away, a shard that was given up: tried again
        }
    }
}
