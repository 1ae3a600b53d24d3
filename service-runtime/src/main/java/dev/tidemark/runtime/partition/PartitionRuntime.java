package dev.tidemark.runtime.partition;

import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Owns partitions of a topic together with the other replicas of a service, and gives each to a shard: assignment → load →
 * active → closed. One thread polls, waits in one long poll, and is woken out of it for commits and proofs; it never works
 * and never blocks but for the broker, and while a partition is revoked, for the running effects of that partition.
 */
public final class PartitionRuntime<S extends Shard> implements Ownership, AutoCloseable {

    /** Should a wake ever be lost, nobody waits longer. Heartbeats do not depend on it. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

    /** A broker that takes longer than a session to answer would have given the partition away. */
    private static final Duration FENCE_LIMIT = Duration.ofSeconds(6);

    /** A member that stops says so to the group and ends its effects. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);

    private static final System.Logger LOG = System.getLogger(PartitionRuntime.class.getName());

    private final Settings settings;
    private final GroupMember.Factory members;
    private final Function<Epoch, S> shards;
    private final BiConsumer<ConsumerRecord<String, byte[]>, UndecodableException> deadLetters;
    private final Scheduler scheduler;
    private final Partitions<S> partitions;
    private final Questions questions = new Questions();
    private final Rejoins rejoins = new Rejoins();
    private final Deliveries deliveries;
    private final Commits commits;
    private final Loads<S> loads;
    private final ShardEnds ends;

    private volatile @Nullable GroupMember member;
    private volatile Scheduler.@Nullable Work polling;
    private volatile @Nullable Throwable fault;
    private volatile boolean closing;
    private volatile boolean joined;

    /**
     * @param name of the service's role, for the client, threads and messages
     * @param topic whose partitions are owned
     * @param count of its partitions
     * @param maxUnfinished records of a partition whose work is not finished: more are not read before some are
     * @param backoff after a failed load, or a fault of the group's client
     */
    public record Settings(String name, Topic topic, int count, int maxUnfinished, Backoff backoff) {}

    /**
     * A member of the service's group in the log.
     *
     * @param group without the cluster's prefix
     * @param shards makes what keeps and does the work of a partition in one epoch
     * @param deadLetters takes records that mean nothing here
     */
    public static <S extends Shard> PartitionRuntime<S> of(
            Settings settings,
            LogClients clients,
            String group,
            Loader loader,
            Function<Epoch, S> shards,
            BiConsumer<ConsumerRecord<String, byte[]>, UndecodableException> deadLetters,
            Scheduler scheduler) {
        String topic = clients.settings().names().name(settings.topic());
        GroupMember.Factory members =
                listener -> new KafkaGroupMember(clients.groupConsumer(group, settings.name()), topic, listener);
        return new PartitionRuntime<>(settings, members, loader, shards, clients.events(), deadLetters, scheduler);
    }

    PartitionRuntime(
            Settings settings,
            GroupMember.Factory members,
            Loader loader,
            Function<Epoch, S> shards,
            EventReader events,
            BiConsumer<ConsumerRecord<String, byte[]>, UndecodableException> deadLetters,
            Scheduler scheduler) {
        this.settings = settings;
        this.members = members;
        this.shards = shards;
        this.deadLetters = deadLetters;
        this.scheduler = scheduler;
        this.partitions = new Partitions<>();
        this.deliveries = new Deliveries(settings.topic(), settings.count(), events);
        this.commits = new Commits(settings.name(), deliveries, scheduler, this::wake);
        this.ends = new ShardEnds(settings.name(), scheduler);
        this.loads = new Loads<>(settings, loader, partitions, shards, scheduler, this::wake);
    }

    /** Joins the group. */
    public void start() {
        polling = scheduler.start(settings.name() + " partitions", this::run);
    }

    /** Whether this replica belongs to the group and everything that it owns is active. */
    public boolean isReady() {
        return joined && fault == null && partitions.allActive();
    }

    /** Why it is not ready, for whoever looks at its health; empty when it is. */
    public Optional<String> problem() {
        Throwable cause = fault;
        if (cause != null) {
            return Optional.of(settings.topic().topicName() + ": retrying after " + cause);
        }
        return joined ? partitions.problem() : Optional.of(settings.topic().topicName() + ": joining the group");
    }

    @Override
    public Optional<Epoch> epoch(int partition) {
        return partitions.owned(partition);
    }

    /** The active shard of a partition; empty while it is loaded, or is not ours. */
    public Optional<S> shard(int partition) {
        return partitions.active(partition);
    }

    /** The active shards. */
    public List<S> shards() {
        return partitions.active();
    }

    @Override
    public boolean fence(Epoch epoch) throws InterruptedException {
        if (closing || !partitions.isCurrent(epoch)) {
            return false;
        }
        CompletableFuture<Boolean> answer = questions.ask(epoch);
        wake();
        return scheduler.await(answer, FENCE_LIMIT).orElse(false);
    }

    /**
     * Gives up all that it has and joins the group anew, which says who owns what. For a shard that has read that somebody
     * else takes himself for the owner of its partition; it works no more.
     *
     * @param epoch of that shard: when it is over, what the group says is known already
     */
    public void rejoin(Epoch epoch, String why) {
        rejoins.add(epoch, why);
        wake();
    }

    private void wake() {
        GroupMember waiting = member;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    private void run() {
        int faults = 0;
        Duration pause = Duration.ZERO;
        while (!closing) {
            Instant trusted = scheduler.now().plus(pause);
            try (GroupMember mine = members.join(new AssignmentLines(settings.topic(), new Assignments()))) {
                member = mine;
                while (!closing) {
                    step(mine);
                    // after a fault it must go well for as long as was waited to count as well again
                    if (isReady() && !scheduler.now().isBefore(trusted)) {
                        faults = 0;
                    }
                }
            } catch (RuntimeException | Error thrown) {
                Faults.rethrowFatal(thrown);
                fault = thrown;
                faults++;
                pause = settings.backoff().after(faults);
                LOG.log(
                        Level.WARNING,
                        settings.name() + ": retrying to read " + settings.topic() + " in " + pause,
                        thrown);
                giveUp(partitions.all());
                pause(pause);
            } finally {
                member = null;
            }
        }
        giveUp(partitions.all());
    }

    private void step(GroupMember mine) {
        boolean well = false;
        try {
            serve(mine);
            deliver(mine, mine.poll(LONGEST_POLL));
            well = true;
        } finally {
            // who leaves is no member any more, however long that takes
            joined &= well;
        }
    }

    private void pause(Duration pause) {
        try {
            var unused = scheduler.await(new CompletableFuture<Void>(), pause);
        } catch (InterruptedException stop) {
            closing = true;
        }
    }

    private void serve(GroupMember mine) {
        rejoins.take(partitions::isCurrent).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        for (PartitionState.Active<S> loaded : partitions.takeLoaded()) {
            loaded.shard().activated();
            mine.resume(Set.of(loaded.epoch().partition()));
        }
        Set<Integer> roomy = deliveries.takeRoomy(settings.maxUnfinished());
        if (!roomy.isEmpty()) {
            mine.resume(roomy);
        }
        List<Questions.Question> asked = questions.take();
        if (!asked.isEmpty()) {
            answer(mine, asked);
        }
        commits.sendDue(mine);
    }

    private void answer(GroupMember mine, List<Questions.Question> asked) {
        Set<Integer> assigned = mine.assignment();
        List<Questions.Question> open = new ArrayList<>();
        for (Questions.Question question : asked) {
            Epoch epoch = question.epoch();
            if (partitions.isCurrent(epoch) && assigned.contains(epoch.partition())) {
                open.add(question);
            } else {
                question.answer().complete(false);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        boolean proved = false;
        try {
            proved = commits.send(mine, deliveries.committable(open, mine::position));
        } finally {
            for (Questions.Question question : open) {
                question.answer().complete(proved && partitions.isCurrent(question.epoch()));
            }
        }
    }

    private void deliver(GroupMember mine, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            PartitionState.Active<S> active = partitions
                    .activeState(record.partition())
                    .orElseThrow(() -> new IllegalStateException(
                            "a record of partition " + record.partition() + " came before it was active"));
            deliveries.delivered(record);
            Epoch epoch = active.epoch();
            Runnable done = () -> finished(epoch, record.offset());
            try {
                deliveries.read(record).ifPresentOrElse(known -> active.shard().record(known, done), done);
            } catch (UndecodableException refused) {
                deadLetters.accept(record, refused);
                done.run();
            } catch (RuntimeException | Error thrown) {
                Faults.rethrowFatal(thrown);
                LOG.log(Level.ERROR, settings.name() + ": a record that could not be taken is a dead letter", thrown);
                deadLetters.accept(record, new UndecodableException("a fault of Tidemark: " + thrown.getMessage()));
                done.run();
            }
        }
        Set<Integer> full = deliveries.full(settings.maxUnfinished());
        if (!full.isEmpty()) {
            mine.pause(full);
        }
    }

    private void finished(Epoch epoch, long offset) {
        if (!partitions.isCurrent(epoch)) {
            return;
        }
        Deliveries.Effect effect = deliveries.finished(epoch.partition(), offset, settings.maxUnfinished());
        if (effect.commit()) {
            commits.plan();
        }
        if (effect.room()) {
            wake();
        }
    }

    /** Ends the work of partitions, waiting a while for effects that are under way. */
    private void giveUp(Set<Integer> numbers) {
        List<S> closed = partitions.close(numbers);
        questions.refuse(numbers);
        if (!ends.end(closed, closing)) {
            closing = true;
        }
    }

    /** What the group says, on the polling thread. */
    private final class Assignments implements GroupMember.Listener {

        @Override
        public void assigned(Set<Integer> numbers) {
            joined = true;
            fault = null;
            Map<Epoch, S> batch = partitions.assigned(numbers, shards);
            deliveries.begin(numbers);
            GroupMember mine = member;
            if (mine != null && !numbers.isEmpty()) {
                mine.pause(numbers);
                loads.begin(batch);
            }
        }

        @Override
        public void revoked(Set<Integer> numbers) {
            giveUp(numbers);
            GroupMember mine = member;
            if (mine != null) {
                commits.send(mine, deliveries.dirty(numbers));
            }
            deliveries.end(numbers);
        }

        @Override
        public void lost(Set<Integer> numbers) {
            joined = false;
            giveUp(numbers);
            deliveries.end(numbers);
        }
    }

    /** Gives all partitions up and leaves the group. */
    @Override
    public void close() {
        closing = true;
        wake();
        Scheduler.Work work = polling;
        if (work == null) {
            return;
        }
        try {
            if (scheduler
                    .await(work.ended().thenApply(nothing -> true), CLOSE_LIMIT)
                    .isEmpty()) {
                LOG.log(Level.WARNING, "{0}: does not leave its group in {1}", settings.name(), CLOSE_LIMIT);
                work.interrupt();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
