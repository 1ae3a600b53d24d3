package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.EvaluatorInput;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one partition: takes in what is discovered, declared and requested, and writes what the policies
 * come to. The same in the topology, in a replay and in an explanation; only the tables, the publisher and the clock
 * differ. For one thread.
 */
public final class PolicyEvaluation {

    public static final String SOURCE = "policy-evaluator";

    /** The reason of a policy that waits until its target is handed over. */
    public static final String AWAITING_HAND_OVER = "AwaitingHandOver";

    private final Tables tables;
    private final InstantSource clock;
    private final Limits limits;
    private final PolicyIndex index;
    private final Wakeups wakeups;
    private final CheckRequests requests;
    private final Tenures tenures;
    private final TagStore store;
    private final TagIntake tags;
    private final Decisions decisions;
    private final EvaluationBatches batches;
    private final PolicyIntake policies;

    /** Of the record that is taken in, where that is known. */
    private long offset = ScanOrder.NO_EPOCH;

    /** @param version of this evaluator, recorded in every decision */
    public PolicyEvaluation(Tables tables, DecisionPublisher publisher, InstantSource clock, String version) {
        this(tables, publisher, clock, version, Limits.DEFAULT);
    }

    PolicyEvaluation(Tables tables, DecisionPublisher publisher, InstantSource clock, String version, Limits limits) {
        this.tables = tables;
        this.clock = clock;
        this.limits = limits;
        this.store = new TagStore(tables);
        this.index = new PolicyIndex(tables, store, publisher);
        this.wakeups = new Wakeups(tables.wakeups());
        this.requests = new CheckRequests(tables.wanted(), index, store, publisher, clock);
        this.tags = new TagIntake(store, index, requests, limits.slice());
        this.tenures = new Tenures(tables.tenures());
        this.decisions = new Decisions(tables, publisher, clock, version, index, wakeups, requests, tenures);
        this.batches = new EvaluationBatches(tables.deferred(), index, store, tags, requests, decisions, clock, limits);
        this.policies =
                new PolicyIntake(index, tenures, wakeups, requests, decisions, publisher, clock, batches::answer);
    }

    /**
     * State is built anew from the log, where consumers keep what was selected before: sequences continue behind that.
     *
     * @param sequences the last one by target
     */
    public void continueBehind(Map<String, Long> sequences) {
        tenures.continueBehind(sequences);
    }

    /** Takes note of how far the input is read: decisions say so, and a replay begins there. */
    public void offsetRecorded(String topicPartition, long offset) {
        this.offset = offset;
        decisions.offsetRecorded(topicPartition, offset);
    }

    /**
     * Takes an event in. One that nothing is decided from has no effect: older watchers wrote among the tags how scans
     * failed.
     */
    public void apply(Envelope<?> cause) {
        if (!(cause.event() instanceof EvaluatorInput input)) {
            return;
        }
        if (!TagIntake.isPutOff(input)) {
            decisions.keepPosition();
        }
        switch (input) {
            case Event.PolicyDeclared declared -> policies.declared(declared, cause);
            case Event.TagDiscovered tag ->
                evaluate(tag.feed(), tags.discovered(tag, cause, clock.instant(), offset), Trigger.TAG, cause);
            case Event.TagRemoved tag -> evaluate(tag.feed(), tags.removed(tag, offset), Trigger.TAG, cause);
            case TagsChanged news -> tags.changed(news, cause, clock.instant(), offset);
            case TagsListed page ->
                evaluate(page.feed(), tags.listed(page, cause, clock.instant(), offset), Trigger.SCAN, cause);
            case PolicyHandedOver handedOver -> policies.arrived(handedOver, cause);
            case BranchTagFound found -> policies.found(found, cause);
            case Event.ScanCompleted scan ->
                evaluate(
                        scan.feed(),
                        tags.completed(scan, Wakeup.of(clock.instant(), cause), offset),
                        Trigger.SCAN,
                        cause);
            case ControlRequested control -> controlled(control, cause);
            case Event.PartitionClaimed claim -> tags.claimed(offset);
        }
        requests.flush(cause);
    }

    /**
     * Takes a policy down. Its selection goes with it, or stays until the next one where it follows another image.
     *
     * @param key of its declaration
     */
    public void withdraw(String key, Withdrawal why) {
        decisions.keepPosition();
        policies.withdraw(key, why);
    }

    /**
     * Forgets a tag, or a feed, as the log does.
     *
     * @param key of the tombstone of {@code tag-discovered}
     * @param epoch of the owner that wrote it; null where it says none
     */
    public void forget(String key, @Nullable Long epoch) {
        tags.forgotten(key, epoch == null ? ScanOrder.NO_EPOCH : epoch, offset);
    }

    /** Evaluates those again whose time has come. */
    public void wake() {
        long read = store.read();
        for (String key : wakeups.due(clock.instant(), EvaluationBatches.MAX_AT_ONCE)) {
            if (store.read() - read >= limits.readInABatch()) {
                return;
            }
            Wakeup due = wakeups.take(key);
            index.find(key)
                    .ifPresentOrElse(
                            run -> {
                                Envelope<?> cause = due.cause(run.declared(), SOURCE);
                                batches.wake(run, cause);
                                requests.flush(cause);
                            },
                            () -> policies.due(key, due));
        }
    }

    /** Whether {@link #nextBatch()} has something to do. */
    public boolean isBehind() {
        return batches.isBehind();
    }

    /** The next batch of what is too much for one transaction: of large lists, and of deferred policies. */
    public void nextBatch() {
        batches.next();
    }

    /** Takes over to its end what has begun, as a replay does: who is evaluated then, and when, is recorded. */
    public void settle() {
        batches.settle();
    }

    /** Evaluates one policy before its batch comes, as a replay does that knows when that was. */
    public void evaluateDeferred(String key) {
        batches.evaluateDeferred(key);
    }

    /** What is known of a tag. */
    public Optional<KnownTag> known(Feed feed, String tag) {
        return store.find(feed, tag);
    }

    /** What is known of a tag stands for the registry's answer about it, as in a replay that has no other. */
    public void takeForAnswer(Feed feed, String tag) {
        store.find(feed, tag).ifPresent(known -> store.put(feed, tag, known.answering(true)));
    }

    /** A tag was there before the record that is taken in, unless that is known. */
    public void wasThere(Feed feed, String tag, Instant at) {
        if (store.find(feed, tag).isEmpty()) {
            store.put(feed, tag, KnownTag.seen(null, at, null).at(offset));
        }
    }

    /** What is kept of a policy; empty for one that is not declared. */
    public Optional<PolicyState> state(String key) {
        return index.find(key).map(PolicyRun::state);
    }

    /** Goes on from another state, as a replay does that knows what was recorded. */
    public void goOnFrom(String key, PolicyState state) {
        index.find(key).ifPresent(run -> index.save(run, state));
    }

    /** When {@link #wake} next has something to do. */
    public Optional<Instant> nextWakeup() {
        return wakeups.next();
    }

    /**
     * Why a policy selects a tag, or why not, as things are.
     *
     * @param key of the policy's declaration
     * @return in a sentence; empty for a policy that is not declared
     */
    public Optional<String> explain(String key, String tag) {
        settle();
        return index.find(key).map(run -> run.choice().explain(tag, run.state(), decisions.circumstances()));
    }

    private void controlled(ControlRequested control, Envelope<?> cause) {
        if (control.action() == ControlAction.UNKNOWN) {
            return; // what was asked for before stays in force
        }
        tables.controls().put(control.scope(), cause);
        if (control.scope().equals(ControlRequested.EVERYTHING)) {
            batches.all(Trigger.CONTROL, cause);
        }
    }

    private void evaluate(Feed feed, boolean news, Trigger trigger, Envelope<?> cause) {
        if (news) {
            batches.on(feed, trigger, cause);
        }
    }
}
