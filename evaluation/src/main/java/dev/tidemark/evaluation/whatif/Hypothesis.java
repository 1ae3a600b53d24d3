package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.replay.HistoryInputs;
import dev.tidemark.evaluation.replay.Understanding;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** One policy as if it had been declared when the range begins, over what was recorded of its feed. */
final class Hypothesis implements DecisionPublisher {

    private static final String SOURCE = "what-if";

    private final RangeHeader header;
    private final Question question;
    private final PolicyDeclared policy;
    private final Feed feed;
    private final String key;
    private final Understanding understanding = new Understanding();
    private final HistoryInputs inputs;
    private final RecordedSelections selections;
    private final OpenChecks checks = new OpenChecks();
    private final Tables tables = HeapTable.tables();
    private final PolicyEvaluation evaluation;
    private final Moments moments;
    private Instant now;
    private long found;

    Hypothesis(RecordedHistory history, Question question) {
        this.header = history.header();
        this.question = question;
        this.policy = question.policy();
        this.feed = policy.feed();
        this.key = Keys.declared(policy.image(), policy.target());
        this.inputs =
                new HistoryInputs(history, Partitioning.partition(policy.image(), header.partitions()), understanding);
        this.selections = new RecordedSelections(history, policy.target(), understanding);
        this.now = header.from();
        while (selections.next().filter(at -> at.isBefore(header.since())).isPresent()) {
            selections.advance();
        }
        PolicyState state = selections
                .newest()
                .filter(newest -> newest.image().equals(policy.image()))
                .map(PolicyState::of)
                .orElse(PolicyState.NONE);
        tables.declared().put(key, declaration(policy.suspend(), 1));
        tables.states().put(key, state);
        this.moments = new Moments(state.selection(), selections.tags());
        this.evaluation = new PolicyEvaluation(tables, this, () -> now, SOURCE);
    }

    private Envelope<PolicyDeclared> declaration(PolicyDeclared declared, long sequence) {
        return Envelope.first(declared.withSequence(sequence), SOURCE, now);
    }

    WhatIf.Result answer() {
        for (var next = before(header.since()); next.isPresent(); next = before(header.since())) {
            take(next.get());
        }
        now = header.since();
        evaluation.apply(declaration(policy, 2));
        settle();
        while (step()) {
            // until the range ends
        }
        if (found == 0) {
            throw new WhatIfException("nothing is recorded of the tags of " + feed.text()
                    + ": ask about an image that was watched then, or export a longer range");
        }
        return moments.end(question, header.since(), header.until(), understanding.notUnderstood());
    }

    private Optional<HistoryRecord> before(Instant time) {
        return inputs.take(record -> record.at().isBefore(time));
    }

    /** What comes next in time; of what comes together an input is first, and what was recorded last. */
    private boolean step() {
        Optional<Instant> input = inputs.next().map(HistoryRecord::at).min(Instant::compareTo);
        Optional<Instant> wakeup = evaluation.nextWakeup();
        Optional<Instant> overdue = checks.nextOverdue();
        Optional<Instant> recorded = selections.next();
        Instant next = Stream.of(input, wakeup, overdue, recorded)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        if (next.isAfter(header.until())) {
            return false;
        }
        now = next.isAfter(now) ? next : now;
        if (is(input, next)) {
            inputs.take(record -> record.at().equals(next)).ifPresent(this::take);
        } else if (is(wakeup, next)) {
            evaluation.wake();
        } else if (is(overdue, next)) {
            answer(checks.takeOverdue());
        } else {
            selections.advance();
            moments.recorded(selections.tags(), now);
        }
        settle();
        return true;
    }

    private static boolean is(Optional<Instant> one, Instant next) {
        return one.filter(next::equals).isPresent();
    }

    private void take(HistoryRecord record) {
        if (!concerns(record)) {
            return;
        }
        now = record.at().isAfter(now) ? record.at() : now;
        evaluation.offsetRecorded(record.place().text(), record.offset());
        inputs.event(record).ifPresent(envelope -> {
            Event event = envelope.event();
            if (event instanceof Event.TagDiscovered tag) {
                checks.answered(tag.tag(), tag.digest());
            } else if (event instanceof Event.TagRemoved gone && gone.scope() == Event.Scope.TAG) {
                checks.answered(gone.tag(), null);
            }
            evaluation.apply(envelope);
        });
        if (record.isTombstone() && record.topic() == Topic.TAG_DISCOVERED && inputs.hasEffect(record)) {
            evaluation.forget(record.key(), record.epoch());
        }
        settle();
    }

    /** What the log says of the feed, whose word counts, and what people ask of all. */
    private boolean concerns(HistoryRecord record) {
        boolean ofFeed = record.topic() == Topic.TAG_DISCOVERED
                && (record.key().equals(feed.text()) || record.key().startsWith(Keys.tag(feed, "")));
        found += ofFeed ? 1 : 0;
        return ofFeed
                || record.topic() == Topic.CONTROL_REQUESTED
                || (record.topic() == Topic.TAG_DISCOVERED
                        && Keys.claimedPartition(record.key()).isPresent());
    }

    /** What was recorded last of a tag stands for the answer that nobody has recorded. */
    private void answer(String tag) {
        KnownTag known = evaluation.known(feed, tag).orElse(null);
        if (known != null && known.digest() != null) {
            checks.answered(tag, known.digest());
            evaluation.takeForAnswer(feed, tag);
            evaluation.evaluateDeferred(key);
        }
    }

    private void settle() {
        evaluation.settle();
        while (evaluation.isBehind()) {
            evaluation.nextBatch();
        }
        checks.unknown(policy.name()).ifPresent(moments::waitsFor);
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        switch (envelope.event()) {
            case TagSelected selected -> moments.wouldSelect(selected.tags());
            case PolicyDecided decided -> moments.decided(decided, now);
            // what the range has of a base is all there is of it
            case TagCheckWanted check when check.purpose() != CheckPurpose.NEW_BASE -> checks.ask(check, now);
            default -> {}
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {
        if (topic == Topic.TAG_CHECK_WANTED) {
            checks.drop(key.substring(key.indexOf('|') + 1));
        }
    }
}
