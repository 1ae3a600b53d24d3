package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.InputRecords;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.history.RecordedHistory.Cursor;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the decisions of one partition follow from, read topic by topic: only the next record of each is held. */
public final class HistoryInputs {

    private static final List<Topic> TOPICS =
            List.of(Topic.TAG_DISCOVERED, Topic.POLICY_DECLARED, Topic.POLICY_HANDED_OVER, Topic.CONTROL_REQUESTED);

    private final List<Cursor> cursors;
    private final int partitions;
    private final Understanding understanding;

    public HistoryInputs(RecordedHistory history, int partition, Understanding understanding) {
        this.cursors = TOPICS.stream()
                .map(topic -> history.open(new Place(topic, partition)))
                .toList();
        this.partitions = history.header().partitions();
        this.understanding = understanding;
    }

    /** The topics' next records. */
    public Stream<HistoryRecord> next() {
        return cursors.stream().flatMap(cursor -> cursor.peek().stream());
    }

    /** Takes the earliest of the next records that fit. */
    public Optional<HistoryRecord> take(Predicate<HistoryRecord> fits) {
        return cursors.stream()
                .filter(cursor -> cursor.peek().filter(fits).isPresent())
                .min(Comparator.comparing(cursor -> cursor.peek().orElseThrow().at()))
                .flatMap(cursor -> {
                    Optional<HistoryRecord> taken = cursor.peek();
                    cursor.advance();
                    return taken;
                });
    }

    /** What a record says; empty for a tombstone and for what has no effect, see {@link #hasEffect}. */
    public Optional<Envelope<?>> event(HistoryRecord record) {
        if (!hasEffect(record)) {
            return Optional.empty();
        }
        return understanding
                .read(record)
                .filter(envelope -> InputRecords.refusal(record.topic(), record.key(), envelope) == null);
    }

    /** Whether the evaluator takes a record that lies there. */
    public boolean hasEffect(HistoryRecord record) {
        return InputRecords.refusal(record.topic(), record.key(), record.partition(), partitions) == null;
    }
}
