package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.replay.HistoryIndex.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a record stands that this version does not read: it says neither what it follows from nor when. The log has it
 * behind another of the same target, and there it stands.
 */
final class UnreadPlaces {

    private final Map<Integer, List<Entry>> entries;
    private final int partitions;
    private final Map<String, Entry> latest = new HashMap<>();

    /** Those of which it is not known yet whether what follows of the target happened elsewhere. */
    private final Map<String, Entry> open = new HashMap<>();

    /** @param entries by partition, which get what is placed */
    UnreadPlaces(Map<Integer, List<Entry>> entries, int partitions) {
        this.entries = entries;
        this.partitions = partitions;
    }

    /** The next of a target cannot be read. */
    void unread(String target, Entry unread) {
        Entry before = latest.get(target);
        if (before != null) {
            add(before.partition(), unread.behind(before));
        }
        open.put(target, unread);
    }

    /** The next of a target is read. */
    void read(String target, Entry entry) {
        Entry unread = open.remove(target);
        Entry before = latest.put(target, entry);
        if (unread != null && (before == null || before.partition() != entry.partition())) {
            add(entry.partition(), unread.first());
        }
        add(entry.partition(), entry);
    }

    /** The next of a target is older than the range, and says how things were. */
    void known(String target) {
        open.remove(target);
    }

    /** All have come: where nothing of a target is read it may have happened anywhere. */
    void end() {
        open.forEach((target, unread) -> {
            if (!latest.containsKey(target)) {
                for (int partition = 0; partition < partitions; partition++) {
                    add(partition, unread.first());
                }
            }
        });
    }

    private void add(int partition, Entry entry) {
        entries.computeIfAbsent(partition, one -> new ArrayList<>()).add(entry);
    }
}
