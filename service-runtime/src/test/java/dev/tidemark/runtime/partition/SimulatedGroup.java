package dev.tidemark.runtime.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A topic in memory and the group of those who own its partitions, as a broker would keep them. */
public final class SimulatedGroup {

    private final World world;
    private final Topic topic;
    private final int count;
    private final Map<Integer, List<ConsumerRecord<String, byte[]>>> log = new TreeMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<World.Replica, Map<Integer, Integer>> commitSteps = new HashMap<>();
    private final List<Member> members = new ArrayList<>();

    /** Who should have a partition, and who has it until it was revoked there. */
    private final Map<Integer, Member> wanted = new HashMap<>();

    private final Map<Integer, Member> owners = new HashMap<>();
    private UnaryOperator<Map<Integer, Long>> commits = UnaryOperator.identity();

    public SimulatedGroup(World world, Topic topic, int count) {
        this.world = world;
        this.topic = topic;
        this.count = count;
        for (int partition = 0; partition < count; partition++) {
            log.put(partition, new ArrayList<>());
        }
    }

    /** The runtime of one replica. */
    public <S extends Shard> PartitionRuntime<S> replica(
            World.Replica replica,
            PartitionRuntime.Settings settings,
            Loader loader,
            Function<Epoch, S> shards,
            BiConsumer<ConsumerRecord<String, byte[]>, UndecodableException> deadLetters) {
        return new PartitionRuntime<>(
                settings,
                listener -> new Member(replica, listener),
                loader,
                shards,
                new EventReader(),
                deadLetters,
                replica);
    }

    /** A planted fault: what is committed is something else than what was asked for. */
    public void spoilCommits(UnaryOperator<Map<Integer, Long>> fault) {
        commits = fault;
    }

    public void append(String key, @Nullable Envelope<?> envelope) {
        append(Partitioning.partition(topic, key, count), key, envelope == null ? null : EventCodec.encode(envelope));
    }

    /** A tombstone with headers. */
    public void bury(String key, Map<String, String> headers) {
        int partition = Partitioning.partition(topic, key, count);
        append(partition, key, null);
        Headers last = log.getOrDefault(partition, List.of()).getLast().headers();
        headers.forEach((name, text) -> last.add(name, text.getBytes(UTF_8)));
    }

    public void append(int partition, @Nullable String key, byte @Nullable [] value) {
        List<ConsumerRecord<String, byte[]>> records = log.getOrDefault(partition, List.of());
        records.add(new ConsumerRecord<>(topic.topicName(), partition, records.size(), key, value));
        members.forEach(Member::wakeup);
    }

    public long committed(int partition) {
        return committed.getOrDefault(partition, 0L);
    }

    public long end(int partition) {
        return log.getOrDefault(partition, List.of()).size();
    }

    /** Whether the group sees this replica as the owner. */
    public boolean isOwner(World.Replica replica, int partition) {
        Member owner = owners.get(partition);
        return owner != null && owner.replica == replica;
    }

    /** In which step of the world this replica's last commit of a partition was accepted; -1 for never. */
    public int lastCommit(World.Replica replica, int partition) {
        return commitSteps.getOrDefault(replica, Map.of()).getOrDefault(partition, -1);
    }

    /** How many members there are. */
    public int members() {
        return members.size();
    }

    /** Shares the partitions out anew among the members that are there. */
    public void rebalance(Function<Integer, Integer> choice) {
        wanted.clear();
        if (!members.isEmpty()) {
            for (int partition = 0; partition < count; partition++) {
                wanted.put(partition, members.get(choice.apply(members.size())));
            }
        }
        members.forEach(Member::wakeup);
    }

    /** A replica that has not been heard of for a session is no member any more. */
    public void expel(World.Replica replica) {
        for (Member member : List.copyOf(members)) {
            if (member.replica == replica) {
                leave(member);
            }
        }
    }

    private void leave(Member member) {
        member.expelled = true;
        members.remove(member);
        owners.values().removeIf(owner -> owner == member);
        evenly();
    }

    private void evenly() {
        int[] next = {0};
        rebalance(size -> next[0]++ % size);
    }

    private final class Member implements GroupMember {

        private final World.Replica replica;
        private final Listener listener;
        private final Map<Integer, Long> positions = new TreeMap<>();
        private final Set<Integer> paused = new HashSet<>();
        private CompletableFuture<Boolean> woken = new CompletableFuture<>();
        private boolean expelled;
        private boolean told;

        Member(World.Replica replica, Listener listener) {
            this.replica = replica;
            this.listener = listener;
            members.add(this);
            evenly();
        }

        @Override
        public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
            try {
                var unused = replica.await(woken, longest);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            woken = new CompletableFuture<>();
            if (expelled) {
                Set<Integer> lost = Set.copyOf(positions.keySet());
                positions.clear();
                paused.clear();
                listener.lost(lost);
                expelled = false;
                told = false;
                members.add(this);
                evenly();
                return List.of();
            }
            follow();
            return fetch();
        }

        /** Gives up what somebody else should have, and takes what is free. */
        private void follow() {
            Set<Integer> away = new TreeSet<>(positions.keySet());
            away.removeIf(partition -> wanted.get(partition) == this);
            if (!away.isEmpty()) {
                listener.revoked(away);
                if (expelled) {
                    return;
                }
                positions.keySet().removeAll(away);
                paused.removeAll(away);
                owners.keySet().removeAll(away);
                members.forEach(Member::wakeup);
            }
            Set<Integer> free = new TreeSet<>();
            wanted.forEach((partition, member) -> {
                if (member == this && !owners.containsKey(partition)) {
                    free.add(partition);
                }
            });
            free.forEach(partition -> {
                owners.put(partition, this);
                positions.put(partition, SimulatedGroup.this.committed(partition));
            });
            if (!free.isEmpty() || !told) {
                // a member hears of its first assignment also when there is nothing for it
                told = true;
                listener.assigned(free);
                wakeup();
            }
        }

        private List<ConsumerRecord<String, byte[]>> fetch() {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            positions.replaceAll((partition, position) -> {
                if (paused.contains(partition)) {
                    return position;
                }
                List<ConsumerRecord<String, byte[]>> all = log.getOrDefault(partition, List.of());
                records.addAll(all.subList(position.intValue(), all.size()));
                return (long) all.size();
            });
            return records;
        }

        @Override
        public void wakeup() {
            woken.complete(true);
        }

        @Override
        public Set<Integer> assignment() {
            return Set.copyOf(positions.keySet());
        }

        @Override
        public long position(int partition) {
            return positions.getOrDefault(partition, 0L);
        }

        @Override
        public void commit(Map<Integer, Long> offsets) {
            world.pause();
            for (Integer partition : offsets.keySet()) {
                if (expelled || owners.get(partition) != this) {
                    throw new CommitFailedException("the group has moved on");
                }
            }
            committed.putAll(commits.apply(offsets));
            offsets.keySet().forEach(partition -> commitSteps
                    .computeIfAbsent(replica, r -> new HashMap<>())
                    .put(partition, world.steps()));
            world.pause();
        }

        @Override
        public void pause(Set<Integer> partitions) {
            paused.addAll(partitions);
        }

        @Override
        public void resume(Set<Integer> partitions) {
            paused.removeAll(partitions);
            wakeup();
        }

        @Override
        public void close() {
            if (!expelled) {
                if (!positions.isEmpty()) {
                    listener.revoked(Set.copyOf(positions.keySet()));
                }
                leave(this);
            } else {
                listener.lost(Set.copyOf(positions.keySet()));
            }
        }
    }
}
