package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.PolicyState.Said;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagRemoved;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a partition's evaluation knows when the range begins, from what the range has of the time before: the newest record
 * of each key. Nothing is decided from these: they say how things are, and not how they became so.
 */
public final class Beginning {

    private final Tables tables = HeapTable.tables();
    private final HistoryIndex index;
    private final int partition;
    private final HistoryInputs inputs;
    private final Instant from;
    private final Map<String, TagSelected> selected = new TreeMap<>();
    private final Map<String, Envelope<?>> declared = new HashMap<>();
    private final Set<String> selectedTags = new HashSet<>();
    private Instant now;

    private Beginning(RecordedHistory history, HistoryIndex index, int partition, HistoryInputs inputs) {
        this.index = index;
        this.partition = partition;
        this.inputs = inputs;
        this.from = history.header().from();
        this.now = from;
        index.selected(partition).forEach(one -> selected.put(Keys.declared(one.image(), one.target()), one));
    }

    /**
     * Takes in what a range has of the time before it.
     *
     * @param inputs of the partition, which stand behind that afterwards
     * @param known whether the evaluator had read a record when it first decided in the range
     */
    public static Tables of(
            RecordedHistory history,
            HistoryIndex index,
            int partition,
            HistoryInputs inputs,
            Predicate<HistoryRecord> known) {
        return new Beginning(history, index, partition, inputs).read(known);
    }

    private Tables read(Predicate<HistoryRecord> known) {
        Predicate<HistoryRecord> before = known.and(record -> record.at().isBefore(from));
        // whoever selects a tag comes before what is said of it: one that is missing is kept for him
        takeAll(evaluation(), before.and(record -> record.topic() != Topic.TAG_DISCOVERED));
        declared.forEach((key, envelope) -> selectedTags(key, (PolicyDeclared) envelope.event()));
        PolicyEvaluation evaluation = evaluation();
        takeAll(evaluation, before);
        evaluation.settle();
        declared.forEach(tables.declared()::put);
        selected.keySet().forEach(tables.states()::delete);
        declared.forEach((key, envelope) -> tables.states().put(key, state(key, (PolicyDeclared) envelope.event())));
        return tables;
    }

    /** Over what is known so far, with what was selected in the end. */
    private PolicyEvaluation evaluation() {
        selected.forEach((key, newest) -> tables.states().put(key, PolicyState.of(newest)));
        return new PolicyEvaluation(tables, Silence.PUBLISHER, () -> now, "replay");
    }

    private void selectedTags(String key, PolicyDeclared policy) {
        TagSelected newest = selected.get(key);
        if (newest != null) {
            newest.tags().forEach(one -> selectedTags.add(Keys.tag(policy.feed(), one.tag())));
        }
    }

    private void takeAll(PolicyEvaluation evaluation, Predicate<HistoryRecord> fits) {
        for (var next = inputs.take(fits); next.isPresent(); next = inputs.take(fits)) {
            take(evaluation, next.get());
        }
    }

    private void take(PolicyEvaluation evaluation, HistoryRecord record) {
        now = record.at();
        evaluation.offsetRecorded(record.place().text(), record.offset());
        inputs.event(record).ifPresent(envelope -> {
            if (envelope.event() instanceof PolicyDeclared policy) {
                declare(evaluation, envelope, policy);
            } else {
                // what was selected had been there before it was missed: its newest word says that it is, once at least
                if (envelope.event() instanceof TagRemoved gone && selectedTags.contains(record.key())) {
                    evaluation.wasThere(gone.feed(), gone.tag(), record.at());
                }
                evaluation.apply(envelope);
            }
        });
        if (record.isTombstone() && inputs.hasEffect(record)) {
            if (record.topic() == Topic.POLICY_DECLARED) {
                declared.remove(record.key());
                evaluation.withdraw(record.key(), record.withdrawal());
            } else if (record.topic() == Topic.TAG_DISCOVERED) {
                evaluation.forget(record.key(), record.epoch());
            }
        }
    }

    /** As one that does not decide; the real one takes its place afterwards, where it is the one in force. */
    private void declare(PolicyEvaluation evaluation, Envelope<?> envelope, PolicyDeclared policy) {
        Envelope<Event> still = new Envelope<>(
                envelope.id(),
                envelope.source(),
                envelope.time(),
                envelope.correlationid(),
                envelope.causationid(),
                envelope.traceparent(),
                policy.suspend());
        evaluation.apply(still);
        String key = envelope.key();
        if (still.equals(tables.declared().get(key))) {
            declared.put(key, envelope);
        }
    }

    private PolicyState state(String key, PolicyDeclared policy) {
        TagSelected newest = selected.get(key);
        PolicyState state = newest == null ? PolicyState.NONE : PolicyState.of(newest);
        return index.decided(partition, policy.target())
                .map(said -> state.saying(Said.of(said)))
                .orElse(state);
    }
}
