package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EvaluatorInput;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one partition: takes in what is discovered, declared and requested, and writes what the policies
 * come to. The same in the topology, in a replay and in an explanation; only the tables, the outbox and the clock differ.
 * For one thread.
 */
public final class PolicyEvaluation {

    public static final String SOURCE = "policy-evaluator";

    /** The reason of a policy that waits until its target is handed over. */
    public static final String AWAITING_HAND_OVER = "AwaitingHandOver";

    /**
     * So many policies are asked at once: their decisions fit into a transaction that lasts a second at most, on a slow
     * broker too. The others follow in turns.
     */
    static final int MAX_AT_ONCE = 2_000;

    private final Tables tables;
    private final DecisionPublisher outbox;
    private final InstantSource clock;
    private final Limits limits;
    private final PolicyIndex shelf;
    private final Wakeups wakeups;
    private final Backlogs backlogs;
    private final CheckRequests wants;
    private final Tenures tenures;
    private final TagStore book;
    private final TagIntake tags;
    private final Decisions decisions;

    /** Of the record that is taken in, where that is known. */
    private long offset = ScanOrder.NO_EPOCH;

    /** @param version of this evaluator, recorded in every decision */
    public PolicyEvaluation(Tables tables, DecisionPublisher outbox, InstantSource clock, String version) {
        this(tables, outbox, clock, version, Limits.DEFAULT);
    }

    PolicyEvaluation(Tables tables, DecisionPublisher outbox, InstantSource clock, String version, Limits limits) {
        this.limits = limits;
        this.tables = tables;
        this.outbox = outbox;
        this.clock = clock;
        this.book = new TagStore(tables);
        this.shelf = new PolicyIndex(tables, book, outbox);
        this.wakeups = new Wakeups(tables.wakeups());
        this.backlogs = new Backlogs(tables.backlogs());
        this.wants = new CheckRequests(tables.wanted(), shelf, book, outbox, clock);
        this.tags = new TagIntake(book, shelf, wants, limits.slice());
        this.tenures = new Tenures(tables.tenures());
        this.decisions = new Decisions(tables, outbox, clock, version, shelf, wakeups, wants, tenures);
    }

    /**
     * State is built anew from the log, where consumers remember what was selected before: sequences go on behind that.
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
     * Takes an event in.
     *
     * @throws IllegalArgumentException for an event that nothing is decided from
     */
    public void apply(Envelope<?> cause) {
        if (!(cause.event() instanceof EvaluatorInput input)) {
            throw new IllegalArgumentException(cause.type() + " is not an input of the evaluator");
        }
        if (!isPutOff(input)) {
            decisions.keepPosition();
        }
        switch (input) {
            case Event.PolicyDeclared declared -> declared(declared, cause);
            case Event.TagDiscovered tag ->
                ask(tag.feed(), tags.discovered(tag, cause, clock.instant(), offset), Trigger.TAG, cause);
            case Event.TagRemoved tag -> ask(tag.feed(), tags.removed(tag, offset), Trigger.TAG, cause);
            case PolicyHandedOver handedOver -> handedOver(handedOver, cause);
            case Event.ScanCompleted scan ->
                ask(scan.feed(), tags.completed(scan, Wakeup.of(clock.instant(), cause), offset), Trigger.SCAN, cause);
            case Event.ScanFailed failed -> {} // known tags stay; the failure is for people
            case ControlRequested control -> controlled(control, cause);
            case Event.PartitionClaimed claim -> tags.claimed(offset);
        }
        wants.flush(cause);
    }

    /** What a scan says of one tag counts when the scan has completed; there are hundreds of these to one of others. */
    private static boolean isPutOff(EvaluatorInput input) {
        return switch (input) {
            case Event.TagDiscovered found -> found.scope() == Event.Scope.SCAN;
            case Event.TagRemoved gone -> gone.scope() == Event.Scope.SCAN;
            case Event.ScanCompleted completed -> false;
            case Event.ScanFailed failed -> false;
            case Event.PolicyDeclared declared -> false;
            case PolicyHandedOver handedOver -> false;
            case ControlRequested control -> false;
            case Event.PartitionClaimed claim -> false;
        };
    }

    /**
     * Takes a policy down. Its selection goes with it, or stays until the next one where it follows another image.
     *
     * @param key of its declaration
     */
    public void withdraw(String key, Withdrawal why) {
        decisions.keepPosition();
        Optional<PolicyRun> run = shelf.withdraw(key);
        Keys.parseDeclared(key).ifPresent(declared -> {
            Long sequence = run.map(gone -> gone.memory().sequence()).orElse(null);
            Tenures.Effect effect = tenures.withdrawn(declared, sequence, why);
            Envelope<?> cause = Envelope.first(
                    run.<Event>map(PolicyRun::declared).orElseGet(() -> fact(declared)), SOURCE, clock.instant());
            effect(effect, run, cause);
            if (tenures.knows(key)) {
                rememberFor(key, cause);
            }
        });
        run.ifPresent(gone -> {
            wants.markDirty(gone);
            wants.flush(Envelope.first(gone.declared(), SOURCE, clock.instant()));
        });
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

    /** Where a target that is not declared here any more went is known for some time. */
    private void rememberFor(String key, Envelope<?> cause) {
        wakeups.set(key, Optional.of(clock.instant().plus(tenures.remembered(key))), cause);
    }

    private void handedOver(PolicyHandedOver event, Envelope<?> cause) {
        String key = Keys.declared(event.image(), event.target());
        Optional<PolicyRun> run = shelf.find(key);
        effect(tenures.arrived(event, run.map(PolicyRun::declared).orElse(null)), run, cause);
        if (run.isEmpty()) {
            rememberFor(key, cause);
        }
    }

    private void effect(Tenures.Effect effect, Optional<PolicyRun> run, Envelope<?> cause) {
        switch (effect) {
            case Tenures.Effect.Nothing nothing -> {}
            case Tenures.Effect.Opens opens -> run.ifPresent(policy -> answer(policy, cause));
            case Tenures.Effect.SelectsAgain again -> run.ifPresent(policy -> decisions.selectAgain(policy, cause));
            case Tenures.Effect.HandsOver(PolicyHandedOver event) ->
                outbox.publish(cause.causes(event, SOURCE, clock.instant(), decisions.place()));
            case Tenures.Effect.Deletes(Target target) -> outbox.tombstone(Topic.TAG_SELECTED, target.text());
        }
    }

    /** Asks those again whose time has come. */
    public void wake() {
        long read = book.read();
        for (String key : wakeups.due(clock.instant(), MAX_AT_ONCE)) {
            if (book.read() - read >= limits.readInATurn()) {
                return;
            }
            Wakeup due = wakeups.take(key);
            shelf.find(key)
                    .ifPresentOrElse(
                            run -> {
                                Envelope<?> cause = due.cause(run.declared(), SOURCE);
                                decide(run, Trigger.TIMER, cause);
                                wants.flush(cause);
                            },
                            () -> goOnWithoutPolicy(key, due));
        }
    }

    private void goOnWithoutPolicy(String key, Wakeup due) {
        Keys.parseDeclared(key).ifPresent(declared -> {
            Envelope<?> cause = due.cause(fact(declared), SOURCE);
            effect(tenures.due(declared), Optional.empty(), cause);
            if (tenures.knows(key)) {
                rememberFor(key, cause);
            }
        });
    }

    /** Stands for a declaration that is gone as a cause of what follows. */
    private static Event fact(Keys.Declared declared) {
        return new PolicyHandedOver(declared.target(), declared.image(), declared.image(), null, 0);
    }

    /** Whether {@link #goOn()} has something to do. */
    public boolean isBehind() {
        return tags.isTakingOver() || !backlogs.isEmpty();
    }

    /** Goes on with what is too much for one transaction: large lists, and policies that wait for their turn. */
    public void goOn() {
        takeOver();
        askInTurn();
    }

    /** Takes over to its end what has begun, as a replay does: who is asked then, and when, is recorded. */
    public void settle() {
        while (tags.isTakingOver()) {
            var unused = takeOverSlice();
        }
    }

    private void takeOver() {
        takeOverSlice().ifPresent(taken -> {
            Collection<PolicyRun> runs = shelf.on(taken.feed());
            if (!runs.isEmpty()) {
                backlogs.add(Backlogs.scope(taken.feed()), runs.size(), taken.event());
            }
        });
    }

    private Optional<TagIntake.Progress> takeOverSlice() {
        if (!tags.isTakingOver()) {
            return Optional.empty();
        }
        TagIntake.Progress progress = tags.goOn();
        shelf.on(progress.feed()).stream()
                .findFirst()
                .ifPresentOrElse(any -> wants.flush(progress.event().cause(any.declared(), SOURCE)), wants::drop);
        return progress.ended() ? Optional.of(progress) : Optional.empty();
    }

    private void askInTurn() {
        if (backlogs.isEmpty()) {
            return;
        }
        Map.Entry<String, Backlog> next = backlogs.next();
        Backlog backlog = next.getValue();
        int asked = 0;
        String last = "";
        long read = book.read();
        for (PolicyRun run : shelf.next(next.getKey(), backlog.after(), Math.min(backlog.left(), MAX_AT_ONCE))) {
            ask(run, backlog.event());
            asked++;
            last = run.key();
            if (book.read() - read >= limits.readInATurn()) {
                break;
            }
        }
        backlogs.asked(next.getKey(), backlog, asked, last);
    }

    /** Asks one policy out of turn, as a replay does that knows when it was its turn. */
    public void goOn(String key) {
        shelf.find(key)
                .ifPresent(run ->
                        ask(run, Wakeup.of(clock.instant(), Envelope.first(run.declared(), SOURCE, clock.instant()))));
    }

    private void ask(PolicyRun run, Wakeup event) {
        Envelope<?> cause = event.cause(run.declared(), SOURCE);
        decide(run, Trigger.BACKLOG, cause);
        wants.flush(cause);
    }

    /** When {@link #wake} next has something to do. */
    public Optional<Instant> nextWakeup() {
        return wakeups.next();
    }

    /**
     * Why a policy selects a tag, or why not, as things stand.
     *
     * @param key of the policy's declaration
     * @return in a sentence; empty for a policy that is not declared
     */
    public Optional<String> explain(String key, String tag) {
        settle();
        return shelf.find(key).map(run -> run.choice().explain(tag, run.memory(), decisions.circumstances()));
    }

    private void declared(Event.PolicyDeclared declared, Envelope<?> cause) {
        Optional<PolicyRun> before = shelf.find(Keys.declared(declared.image(), declared.target()));
        before.ifPresent(wants::markDirty);
        shelf.declare(cause, declared).ifPresent(run -> {
            Feed feed = declared.feed();
            if (before.isEmpty()) {
                wakeups.clear(run.key());
                tenures.declared(declared);
            }
            answer(run, cause);
            wants.markDirty(run, Set.of()); // what a suspended policy did not want
            before.filter(old -> isRequested(old.declared(), declared))
                    .ifPresent(old -> run.watchedTags().forEach(tag -> wants.markDirtyAnew(feed, tag)));
        });
    }

    /** Somebody waits for the policy's answer. */
    private void answer(PolicyRun run, Envelope<?> cause) {
        Feed feed = run.declared().feed();
        if (book.size(feed) > limits.readAtOnce()) {
            decisions.answerLater(run);
            backlogs.add(Backlogs.scope(feed), shelf.on(feed).size(), Wakeup.of(clock.instant(), cause));
        } else {
            decide(run, Trigger.POLICY, cause);
        }
    }

    private static boolean isRequested(Event.PolicyDeclared before, Event.PolicyDeclared after) {
        String name = WantedPolicies.REQUESTED_AT;
        return !Objects.equals(
                before.annotations().get(name), after.annotations().get(name));
    }

    private void controlled(ControlRequested control, Envelope<?> cause) {
        tables.controls().put(control.scope(), cause);
        if (control.scope().equals(ControlRequested.EVERYTHING)) {
            Collection<PolicyRun> runs = shelf.all();
            boolean much = runs.stream()
                            .mapToLong(run -> book.size(run.declared().feed()))
                            .sum()
                    > limits.readTogether();
            ask(Backlogs.EVERYTHING, runs, much, Trigger.CONTROL, cause);
        }
    }

    private void ask(Feed feed, boolean news, Trigger trigger, Envelope<?> cause) {
        if (news) {
            Collection<PolicyRun> runs = shelf.on(feed);
            boolean much = (long) runs.size() * book.size(feed) > limits.readTogether() && runs.size() > 1;
            ask(Backlogs.scope(feed), runs, much, trigger, cause);
        }
    }

    private void ask(String scope, Collection<PolicyRun> runs, boolean inTurns, Trigger trigger, Envelope<?> cause) {
        if (inTurns || runs.size() > MAX_AT_ONCE) {
            backlogs.add(scope, runs.size(), Wakeup.of(clock.instant(), cause));
        } else {
            runs.forEach(run -> decide(run, trigger, cause));
        }
    }

    /** While a list is being taken over nobody decides on half of it: all are asked at its end. */
    private void decide(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        if (!tags.isTakingOver(run.declared().feed())) {
            decisions.decide(run, trigger, cause);
        } else if (trigger == Trigger.POLICY) {
            decisions.answerLater(run);
        }
    }
}
