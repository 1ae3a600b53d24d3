package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeException;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.history.RecordedHistory.Cursor;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a range has what happened, by the partition that it happened in: decisions and selections lie by their target. Of a
 * million records this holds some numbers each.
 */
public final class HistoryIndex {

    private final RecordedHistory history;
    private final Understanding understanding;
    private final Map<Integer, List<Entry>> decisions = new HashMap<>();
    private final Map<Integer, List<Entry>> selections = new HashMap<>();
    private final Map<String, Entry> newestDecisions = new HashMap<>();
    private final Map<String, Entry> newestSelections = new HashMap<>();
    private final List<Entry> unplaced = new ArrayList<>();

    /**
     * Where a record is.
     *
     * @param order what it follows from: how far the inputs were read, or when
     * @param time when, where that is the same
     * @param unread whether a newer version wrote it, so that it is not compared
     */
    record Entry(long position, long line, int partition, long order, long time, boolean unread) {

        private static final Comparator<Entry> ORDER =
                Comparator.comparingLong(Entry::order).thenComparingLong(Entry::time);

        /** One of which nothing is known but where it lies. */
        static Entry unread(Cursor cursor) {
            return new Entry(cursor.position(), cursor.line(), -1, Long.MIN_VALUE, Long.MIN_VALUE, true);
        }

        Entry behind(Entry other) {
            return new Entry(position, line, other.partition, other.order, other.time, true);
        }

        Entry first() {
            return new Entry(position, line, partition, Long.MIN_VALUE, Long.MIN_VALUE, true);
        }

        /** Whether it stands before all that the range has. */
        boolean isFirst() {
            return order == Long.MIN_VALUE;
        }
    }

    private HistoryIndex(RecordedHistory history, Understanding understanding) {
        this.history = history;
        this.understanding = understanding;
    }

    /** Reads all that happened once. */
    public static HistoryIndex of(RecordedHistory history, Understanding understanding) {
        HistoryIndex index = new HistoryIndex(history, understanding);
        int partitions = history.header().partitions();
        UnreadPlaces decisions = new UnreadPlaces(index.decisions, partitions);
        UnreadPlaces selections = new UnreadPlaces(index.selections, partitions);
        for (int partition = 0; partition < partitions; partition++) {
            index.readDecisions(history.open(new Place(Topic.POLICY_DECIDED, partition)), decisions);
            index.readSelections(history.open(new Place(Topic.TAG_SELECTED, partition)), selections);
        }
        decisions.end();
        selections.end();
        index.decisions.values().forEach(list -> list.sort(Entry.ORDER));
        index.selections.values().forEach(list -> list.sort(Entry.ORDER));
        return index;
    }

    /** What was decided in a partition, in the order in which its inputs were read. */
    List<Entry> decisions(int partition) {
        return decisions.getOrDefault(partition, List.of());
    }

    /** What was selected there, in the order of time. */
    List<Entry> selections(int partition) {
        return selections.getOrDefault(partition, List.of());
    }

    /** Decisions that name no input that the log has. */
    List<Entry> unplaced() {
        return unplaced;
    }

    /** The newest decision of a target when the range begins, if it was made in that partition. */
    Optional<PolicyDecided> decided(int partition, Target target) {
        return Optional.ofNullable(newestDecisions.get(target.text()))
                .filter(entry -> entry.partition() == partition)
                .flatMap(entry -> read(entry, PolicyDecided.class));
    }

    /** What was selected in a partition when the range begins: one for each target that has a selection. */
    List<TagSelected> selected(int partition) {
        return newestSelections.values().stream()
                .filter(entry -> entry.partition() == partition)
                .flatMap(entry -> read(entry, TagSelected.class).stream())
                .toList();
    }

    <E extends Event> Optional<E> read(Entry entry, Class<E> type) {
        return new Understanding().read(history.at(entry.position()), type);
    }

    /** The key of a record, which is a target for all that is indexed. */
    String target(Entry entry) {
        return history.at(entry.position()).key();
    }

    private void readDecisions(Cursor cursor, UnreadPlaces places) {
        RangeHeader header = history.header();
        for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
            HistoryRecord record = next.get();
            Entry entry = understanding
                    .read(record, PolicyDecided.class)
                    .map(decided -> entry(cursor, decided, header.partitions()))
                    .orElseGet(() -> Entry.unread(cursor));
            boolean before = record.at().isBefore(header.from());
            if (record.isTombstone()) {
                places.known(record.key());
            } else if (entry.unread() && (before || entry.partition() < 0)) {
                places.unread(record.key(), entry);
            } else if (before) {
                newestDecisions.put(record.key(), entry);
                places.known(record.key());
            } else if (entry.partition() < 0) {
                unplaced.add(entry);
            } else {
                places.read(record.key(), entry);
            }
            cursor.advance();
        }
    }

    private static Entry entry(Cursor cursor, PolicyDecided decided, int partitions) {
        long read = decided.inputs().values().stream()
                .mapToLong(offset -> offset + 1)
                .sum();
        int partition = decided.inputs().keySet().stream()
                .map(HistoryIndex::partition)
                .flatMapToInt(OptionalInt::stream)
                .filter(one -> one < partitions)
                .findFirst()
                .orElse(-1);
        return new Entry(
                cursor.position(),
                cursor.line(),
                partition,
                read,
                nanos(decided.decidedAt(), cursor.line()),
                Understanding.isOfANewerEvaluator(decided));
    }

    /** A place is {@code topic-partition}. */
    private static OptionalInt partition(String place) {
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(place.substring(place.lastIndexOf('-') + 1)));
        } catch (NumberFormatException foreign) {
            return OptionalInt.empty();
        }
    }

    /** Of a target they have the order of the log, also where a clock was set back meanwhile. */
    private void readSelections(Cursor cursor, UnreadPlaces places) {
        RangeHeader header = history.header();
        long latest = Long.MIN_VALUE;
        for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
            HistoryRecord record = next.get();
            boolean before = record.at().isBefore(header.from());
            Optional<TagSelected> selected = understanding.read(record, TagSelected.class);
            if (selected.isPresent()) {
                latest = Math.max(latest, nanos(selected.get().decidedAt(), cursor.line()));
                int partition = Partitioning.partition(selected.get().image(), header.partitions());
                Entry entry = new Entry(cursor.position(), cursor.line(), partition, latest, 0, false);
                if (before) {
                    newestSelections.put(record.key(), entry);
                    places.known(record.key());
                } else {
                    places.read(record.key(), entry);
                }
            } else if (!record.isTombstone()) {
                places.unread(record.key(), Entry.unread(cursor));
            } else if (before) {
                newestSelections.remove(record.key());
                places.known(record.key());
            }
            cursor.advance();
        }
    }

    private static long nanos(Instant at, long line) {
        try {
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        } catch (ArithmeticException far) {
            throw new RangeException(
                    "line " + line + " says that something was decided at " + at
                            + ", which no clock shows; export the range again",
                    far);
        }
    }
}
