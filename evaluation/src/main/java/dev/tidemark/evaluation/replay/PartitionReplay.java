package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.replay.HistoryIndex.Entry;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One partition once more. A partition's topics are read independently, so their order among one another is known only
 * from the offsets that each recorded decision names: up to there its inputs are taken in, its trigger last, at its time.
 */
final class PartitionReplay implements DecisionPublisher {

    /** Wake-ups that were recorded come in by themselves; one that is so late was never recorded. */
    private static final Duration TIMER_GRACE = Duration.ofSeconds(5);

    private final HistoryIndex index;
    private final List<Entry> decisions;
    private final Iterator<Entry> selections;
    private final HistoryInputs inputs;
    private final Found found;
    private final Map<Target, String> keys = new HashMap<>();

    /** The newest decision of each policy of the time before the one that was asked about, unless it was edited since. */
    private final Map<Target, Entry> before = new HashMap<>();

    private final Instant since;
    private final PolicyEvaluation evaluation;
    private @Nullable Entry selection;
    private Instant now;
    private boolean comparing;

    /** Where what was recorded and what is replayed meet. */
    record Found(Comparison<PolicyDecided> decisions, Comparison<TagSelected> selections) {

        /** What follows from a decision that this version cannot come to is not claimed to differ, nor what it selected. */
        void unread(String target) {
            decisions.unread(target);
            selections.unread(target);
        }
    }

    PartitionReplay(
            RecordedHistory history, HistoryIndex index, int partition, Understanding understanding, Found found) {
        this.index = index;
        this.decisions = index.decisions(partition);
        this.selections = index.selections(partition).iterator();
        this.selection = next();
        this.inputs = new HistoryInputs(history, partition, understanding);
        this.found = found;
        this.now = history.header().from();
        this.since = history.header().since();
        Optional<PolicyDecided> first = decisions.stream().flatMap(this::read).findFirst();
        Tables tables = Beginning.of(
                history, index, partition, inputs, record -> first.isEmpty() || isBefore(record, first.get()));
        this.evaluation = new PolicyEvaluation(tables, this, () -> now, "replay");
        begin(tables);
    }

    /** As after a restart: what each policy comes to as things are is what was said already, and sets when to wake. */
    private void begin(Tables tables) {
        List<String> declared = new ArrayList<>();
        tables.declared().forEach("", (key, envelope) -> {
            declared.add(key);
            keys.put(((PolicyDeclared) envelope.event()).target(), key);
        });
        declared.forEach(evaluation::evaluateDeferred);
        comparing = true;
    }

    void run() {
        decisions.forEach(entry -> {
            if (entry.unread()) {
                String target = index.target(entry);
                found.unread(target);
                before.keySet().removeIf(one -> one.text().equals(target));
            }
            read(entry).forEach(decided -> decide(entry, decided));
        });
        selected(Long.MAX_VALUE);
        for (var next = inputs.take(any -> true); next.isPresent(); next = inputs.take(any -> true)) {
            take(next.get(), next.get().at());
        }
    }

    private void decide(Entry entry, PolicyDecided decided) {
        if (!decided.decidedAt().isBefore(since)) {
            goOnFromRecorded();
        }
        selected(entry.time());
        if (!entry.unread()) {
            found.decisions().recorded(decided, entry.line());
        }
        replay(decided);
        if (!entry.unread() && decided.decidedAt().isBefore(since)) {
            before.put(decided.target(), entry);
        }
    }

    /**
     * What nobody asked about was decided without all that was known then: from here on the recorded decisions count, as at
     * the beginning.
     */
    private void goOnFromRecorded() {
        before.forEach((target, entry) -> read(entry).forEach(decided -> Optional.ofNullable(keys.get(target))
                .ifPresent(key -> evaluation.state(key).ifPresent(state -> goOnFrom(key, state, state.as(decided))))));
        before.clear();
    }

    private void goOnFrom(String key, PolicyState replayed, PolicyState recorded) {
        if (!recorded.equals(replayed)) {
            comparing = false;
            evaluation.goOnFrom(key, recorded);
            evaluation.evaluateDeferred(key);
            comparing = true;
        }
    }

    /** What a decision says that names its inputs: also one that is not compared leads to the next. */
    private Stream<PolicyDecided> read(Entry entry) {
        return index
                .read(entry, PolicyDecided.class)
                .filter(decided -> !decided.inputs().isEmpty())
                .stream();
    }

    /** What was selected up to a time. */
    private void selected(long time) {
        for (Entry due = selection; due != null && due.order() <= time; due = next()) {
            if (due.unread()) {
                String target = index.target(due);
                found.selections().unread(target);
                if (due.isFirst()) {
                    found.decisions().unread(target); // they say what was selected before
                }
                continue;
            }
            long line = due.line();
            index.read(due, TagSelected.class)
                    .ifPresent(one -> found.selections().recorded(one, line));
        }
    }

    private @Nullable Entry next() {
        selection = selections.hasNext() ? selections.next() : null;
        return selection;
    }

    private void replay(PolicyDecided decided) {
        Optional<HistoryRecord> next = nextBefore(decided);
        while (next.isPresent()) {
            boolean last = inputs.next().noneMatch(record -> isBefore(record, decided));
            take(
                    next.get(),
                    last && isTriggered(decided)
                            ? decided.decidedAt()
                            : next.get().at());
            next = nextBefore(decided);
        }
        now = decided.decidedAt();
        if (decided.trigger() == Trigger.TIMER) {
            evaluation.wake();
        } else if (found.decisions().awaits(decided)) {
            // who was evaluated in a batch, and who would be in one now and was not then
            Optional.ofNullable(keys.get(decided.target())).ifPresent(evaluation::evaluateDeferred);
        }
    }

    /** Whether the decision was made on a record, and did not only come behind it. */
    private static boolean isTriggered(PolicyDecided decided) {
        return decided.trigger() != Trigger.TIMER && decided.trigger() != Trigger.BACKLOG;
    }

    /** The next input that the decision had read; of the one that triggered it the last stays for the end. */
    private Optional<HistoryRecord> nextBefore(PolicyDecided decided) {
        boolean one = inputs.next().filter(record -> isBefore(record, decided)).count() == 1;
        return inputs.take(record -> isBefore(record, decided) && (one || !isTrigger(record, decided)));
    }

    private static boolean isBefore(HistoryRecord record, PolicyDecided decided) {
        Long read = decided.inputs().get(record.place().text());
        return read != null && record.offset() <= read;
    }

    private static boolean isTrigger(HistoryRecord record, PolicyDecided decided) {
        Topic trigger =
                switch (decided.trigger()) {
                    case TAG, SCAN -> Topic.TAG_DISCOVERED;
                    case POLICY -> Topic.POLICY_DECLARED;
                    case CONTROL -> Topic.CONTROL_REQUESTED;
                    case TIMER, BACKLOG, UNKNOWN -> null;
                };
        Long read = decided.inputs().get(record.place().text());
        return record.topic() == trigger && read != null && record.offset() == read;
    }

    private void take(HistoryRecord record, Instant at) {
        if (record.topic() == Topic.POLICY_DECLARED) {
            Keys.parseDeclared(record.key()).map(Keys.Declared::target).ifPresent(before::remove);
        }
        now = at.minus(TIMER_GRACE);
        if (evaluation.nextWakeup().filter(due -> !due.isAfter(now)).isPresent()) {
            evaluation.wake();
        }
        now = at;
        evaluation.offsetRecorded(record.place().text(), record.offset());
        inputs.event(record).ifPresent(envelope -> {
            if (envelope.event() instanceof PolicyDeclared policy) {
                keys.put(policy.target(), record.key());
            }
            evaluation.apply(envelope);
            evaluation.settle();
        });
        if (record.isTombstone() && inputs.hasEffect(record)) {
            if (record.topic() == Topic.POLICY_DECLARED) {
                evaluation.withdraw(record.key(), record.withdrawal());
            } else if (record.topic() == Topic.TAG_DISCOVERED) {
                evaluation.forget(record.key(), record.epoch());
            }
        }
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        if (comparing && envelope.event() instanceof PolicyDecided decided) {
            found.decisions().replayed(decided);
        } else if (comparing && envelope.event() instanceof TagSelected selected) {
            found.selections().replayed(selected);
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}
