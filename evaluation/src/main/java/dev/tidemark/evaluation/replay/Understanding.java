package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Reading;
import java.util.Optional;

/**
 * Reads what records of a range say, and counts those that this version does not understand: which it leaves out, since a
 * newer version wrote their type or nobody can read them, or takes for what it knows of them.
 */
public final class Understanding {

    private long notUnderstood;

    /** What a record says as far as this version knows; empty for a tombstone. */
    public Optional<Envelope<?>> read(HistoryRecord record) {
        if (record.isTombstone()) {
            return Optional.empty();
        }
        return switch (record.reading()) {
            case Reading.Known(Envelope<?> envelope, var newer) -> {
                notUnderstood += newer.isEmpty() ? 0 : 1;
                yield Optional.of(envelope);
            }
            case Reading.UnknownType newer -> {
                notUnderstood++;
                yield Optional.empty();
            }
            case Reading.Undecodable refused -> {
                notUnderstood++;
                yield Optional.empty();
            }
        };
    }

    /** The same, of what the evaluator writes: what is not of the type is as little understood. */
    public <E extends Event> Optional<E> read(HistoryRecord record, Class<E> type) {
        Optional<Envelope<?>> read = read(record);
        notUnderstood += read.isEmpty() || type.isInstance(read.get().event()) ? 0 : 1;
        return read.map(Envelope::event).filter(type::isInstance).map(type::cast);
    }

    /** Whether a decision came to something that this version cannot come to. */
    static boolean isOfANewerEvaluator(PolicyDecided decided) {
        return decided.outcome() == DecisionOutcome.UNKNOWN || decided.trigger() == Trigger.UNKNOWN;
    }

    void count(long more) {
        notUnderstood += more;
    }

    /** How many. */
    public long notUnderstood() {
        return notUnderstood;
    }
}
