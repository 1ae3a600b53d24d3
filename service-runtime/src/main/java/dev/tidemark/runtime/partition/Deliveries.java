package dev.tidemark.runtime.partition;

import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.log.ReceivedRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records were delivered, and what may be committed of them. For any thread. */
final class Deliveries {

    private final Topic topic;
    private final int count;
    private final EventReader events;
    private final Map<Integer, Offsets> offsets = new HashMap<>();
    private final Set<Integer> full = new HashSet<>();
    private boolean commitPlanned;

    /**
     * What follows from a record that is finished.
     *
     * @param commit whether there is something to commit that nobody has planned yet
     * @param room whether a partition that was full has room again
     */
    record Effect(boolean commit, boolean room) {

        static final Effect NOTHING = new Effect(false, false);
    }

    Deliveries(Topic topic, int count, EventReader events) {
        this.topic = topic;
        this.count = count;
        this.events = events;
    }

    /**
     * The record as the service sees it.
     *
     * @return empty for one that only a newer Tidemark knows
     * @throws UndecodableException when it has no key, lies in a partition that is not its own, or cannot be decoded
     */
    Optional<LogRecord> read(ConsumerRecord<String, byte[]> record) {
        return ReceivedRecord.read(topic, count, record, events);
    }

    synchronized void begin(Set<Integer> partitions) {
        partitions.forEach(partition -> offsets.put(partition, new Offsets()));
    }

    synchronized void end(Set<Integer> partitions) {
        offsets.keySet().removeAll(partitions);
        full.removeAll(partitions);
    }

    synchronized void delivered(ConsumerRecord<?, ?> record) {
        offsets.computeIfAbsent(record.partition(), partition -> new Offsets()).delivered(record.offset());
    }

    synchronized Effect finished(int partition, long offset, int maxUnfinished) {
        Offsets mine = offsets.get(partition);
        if (mine == null) {
            return Effect.NOTHING;
        }
        mine.finished(offset);
        boolean commit = !commitPlanned && mine.isDirty();
        commitPlanned |= commit;
        return new Effect(commit, full.contains(partition) && hasRoom(mine, maxUnfinished));
    }

    private static boolean hasRoom(Offsets offsets, int maxUnfinished) {
        return offsets.unfinished() <= maxUnfinished / 2;
    }

    /** Partitions that have just become full. */
    synchronized Set<Integer> full(int maxUnfinished) {
        Set<Integer> fresh = new HashSet<>();
        offsets.forEach((partition, mine) -> {
            if (mine.unfinished() >= maxUnfinished && full.add(partition)) {
                fresh.add(partition);
            }
        });
        return fresh;
    }

    /** Partitions that were full and are not any more. */
    synchronized Set<Integer> takeRoomy(int maxUnfinished) {
        Set<Integer> roomy = new HashSet<>();
        for (Integer partition : full) {
            Offsets mine = offsets.get(partition);
            if (mine != null && hasRoom(mine, maxUnfinished)) {
                roomy.add(partition);
            }
        }
        full.removeAll(roomy);
        return roomy;
    }

    /**
     * What to commit for the sake of a proof: never beyond what is unfinished. By the thread that delivers.
     *
     * @param position asked, perhaps of the broker, while nobody who finishes a record waits for it
     */
    Map<Integer, Long> committable(List<Questions.Question> asked, IntToLongFunction position) {
        Map<Integer, Long> commits = new HashMap<>();
        for (Questions.Question question : asked) {
            int partition = question.epoch().partition();
            OptionalLong known = committable(partition);
            // where none was delivered in this epoch, the position is what was committed before, or the beginning
            commits.put(partition, known.isPresent() ? known.getAsLong() : position.applyAsLong(partition));
        }
        return commits;
    }

    private synchronized OptionalLong committable(int partition) {
        Offsets mine = offsets.get(partition);
        return mine == null ? OptionalLong.empty() : mine.committable();
    }

    synchronized Map<Integer, Long> dirty() {
        commitPlanned = false;
        return dirty(offsets.keySet());
    }

    synchronized Map<Integer, Long> dirty(Set<Integer> partitions) {
        Map<Integer, Long> commits = new HashMap<>();
        for (Integer partition : partitions) {
            Offsets mine = offsets.get(partition);
            if (mine != null && mine.isDirty()) {
                mine.committable().ifPresent(offset -> commits.put(partition, offset));
            }
        }
        return commits;
    }

    synchronized void committed(Map<Integer, Long> commits) {
        commits.forEach((partition, offset) -> {
            Offsets mine = offsets.get(partition);
            if (mine != null) {
                mine.committed(offset);
            }
        });
    }
}
