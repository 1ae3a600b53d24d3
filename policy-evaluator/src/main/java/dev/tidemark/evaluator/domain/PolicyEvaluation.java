package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.Choice.Circumstances;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The evaluation of one partition: takes in what is discovered, declared and requested, and writes what the policies
 * come to. The same in the topology, in a replay and in an explanation; only the tables, the outbox and the clock differ.
 * For one thread.
 */
public final class PolicyEvaluation {

    public static final String SOURCE = "policy-evaluator";

    /** Selections in a row that one event may lead to; what is left follows with the next tick. */
    private static final int MAX_STEPS = 5;

    /**
     * So many policies are asked at once: their decisions fit into a transaction that lasts a second at most, on a slow
     * broker too. The others follow in turns.
     */
    static final int MAX_AT_ONCE = 2_000;

    /** A scan's difference is taken up tag by tag as long as it costs less than asking every policy from scratch. */
    private static final long MAX_COMPARISONS = 1_000_000;

    private final Tables tables;
    private final Outbox outbox;
    private final InstantSource clock;
    private final String version;
    private final TagBook book;
    private final PolicyShelf shelf;
    private final Wakeups wakeups;
    private final Backlogs backlogs;
    private final Wants wants;
    private final Map<String, Long> positions = new TreeMap<>();

    /** @param version of this evaluator, recorded in every decision */
    public PolicyEvaluation(Tables tables, Outbox outbox, InstantSource clock, String version) {
        this.tables = tables;
        this.outbox = outbox;
        this.clock = clock;
        this.version = version;
        this.book = new TagBook(tables);
        this.shelf = new PolicyShelf(tables, book);
        this.wakeups = new Wakeups(tables.wakeups());
        this.backlogs = new Backlogs(tables.backlogs());
        this.wants = new Wants(tables.wanted(), shelf, book, outbox, clock);
        tables.positions().forEach("", positions::put);
    }

    /** Takes note of how far the input is read: decisions say so, and a replay begins there. */
    public void reached(String topicPartition, long offset) {
        positions.put(topicPartition, offset);
        tables.positions().put(topicPartition, offset);
    }

    /** Takes an event in. */
    public void apply(Envelope<?> cause) {
        switch (cause.event()) {
            case Event.PolicyDeclared declared -> declared(declared, cause);
            case Event.TagDiscovered tag -> discovered(tag, cause);
            case Event.TagRemoved tag -> removed(tag, cause);
            case Event.ScanCompleted scan -> completed(scan, cause);
            case Event.ScanFailed failed -> {} // known tags stay; the failure is for people
            case ControlRequested control -> controlled(control, cause);
            default -> throw new IllegalArgumentException(cause.type() + " is not an input of the evaluator");
        }
        wants.flush(cause);
    }

    /**
     * Takes a policy down.
     *
     * @param key of its declaration
     * @param moved it now follows another image: its selection stays until the next one, which its new partition writes
     */
    public void withdraw(String key, boolean moved) {
        shelf.withdraw(key).ifPresent(run -> {
            wakeups.clear(key);
            if (!moved) {
                outbox.tombstone(Topic.TAG_SELECTED, run.declared().target().text());
            }
            wants.touch(run);
            wants.flush(Envelope.first(run.declared(), SOURCE, clock.instant()));
        });
    }

    /** Asks those again whose time has come. */
    public void wake() {
        Instant now = clock.instant();
        for (Map.Entry<String, Wakeup> due : wakeups.takeDue(now, MAX_AT_ONCE)) {
            shelf.find(due.getKey()).ifPresent(run -> {
                Envelope<?> cause = due.getValue().cause(run.declared(), SOURCE);
                decide(run, Trigger.TIMER, cause);
                wants.flush(cause);
            });
        }
    }

    /** Asks the next of the policies that wait for their turn. */
    public void goOn() {
        if (backlogs.isEmpty()) {
            return;
        }
        String scope = backlogs.first().getKey();
        Backlog backlog = backlogs.first().getValue();
        List<PolicyRun> turn = shelf.next(scope, backlog.after(), Math.min(backlog.left(), MAX_AT_ONCE));
        turn.forEach(run -> ask(run, backlog.event()));
        backlogs.asked(
                scope,
                backlog,
                turn.size(),
                turn.isEmpty() ? "" : turn.getLast().key());
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
        return shelf.find(key)
                .map(run -> run.choice().explain(tag, run.memory(), new Circumstances(clock.instant(), stop())));
    }

    private void declared(Event.PolicyDeclared declared, Envelope<?> cause) {
        Optional<PolicyRun> before = shelf.find(Keys.declared(declared.image(), declared.target()));
        before.ifPresent(wants::touch);
        shelf.declare(cause, declared).ifPresent(run -> {
            decide(run, Trigger.POLICY, cause);
            before.filter(old -> isRequested(old.declared(), declared))
                    .ifPresent(old -> run.concerns().forEach(tag -> wants.touchAnew(declared.feed(), tag)));
        });
    }

    private static boolean isRequested(Event.PolicyDeclared before, Event.PolicyDeclared after) {
        String name = WantedPolicies.REQUESTED_AT;
        return !Objects.equals(
                before.annotations().get(name), after.annotations().get(name));
    }

    private void discovered(Event.TagDiscovered found, Envelope<?> cause) {
        Feed feed = found.feed();
        if (!book.isNews(feed, found.scan(), false)) {
            return;
        }
        KnownTag known = KnownTag.seen(found.digest(), cause.time(), found.firstSeen());
        if (found.scope() == Event.Scope.SCAN) {
            book.putOff(feed, found.tag(), new PendingTag(known));
            return;
        }
        book.forgetPending(feed, found.tag());
        List<PolicyRun> runs = shelf.on(feed);
        add(feed, found.tag(), known, runs);
        decideAll(feed, runs, Trigger.TAG, cause);
    }

    private void removed(Event.TagRemoved gone, Envelope<?> cause) {
        Feed feed = gone.feed();
        if (!book.isNews(feed, gone.scan(), false)) {
            return;
        }
        if (gone.scope() == Event.Scope.SCAN) {
            book.putOff(feed, gone.tag(), PendingTag.REMOVED);
            return;
        }
        book.forgetPending(feed, gone.tag());
        KnownTag before = book.find(feed, gone.tag()).orElseGet(KnownTag::neverListed);
        wants.touchAnew(feed, gone.tag());
        List<PolicyRun> runs = shelf.on(feed);
        remove(feed, gone.tag(), before.notFound(), runs, selectedBy(runs));
        decideAll(feed, runs, Trigger.TAG, cause);
    }

    private void completed(Event.ScanCompleted scan, Envelope<?> cause) {
        Feed feed = scan.feed();
        if (!book.isNews(feed, scan.scan(), true)) {
            return;
        }
        List<PolicyRun> runs = shelf.on(feed);
        Set<String> selected = selectedBy(runs);
        Map<String, PendingTag> differences = book.takePending(feed);
        boolean fromScratch = (long) differences.size() * runs.size() > MAX_COMPARISONS;
        List<PolicyRun> hearing = fromScratch ? List.of() : runs;
        differences.forEach((tag, difference) -> {
            KnownTag added = difference.added();
            if (added == null) {
                book.find(feed, tag).ifPresent(before -> remove(feed, tag, before.absentFromList(), hearing, selected));
            } else {
                add(feed, tag, added, hearing);
            }
        });
        if (fromScratch) {
            runs.forEach(run -> run.choice().forget());
        }
        decideAll(feed, runs, Trigger.SCAN, cause);
    }

    private void add(Feed feed, String tag, KnownTag known, List<PolicyRun> runs) {
        Optional<KnownTag> before = book.find(feed, tag).filter(KnownTag::listed);
        book.put(feed, tag, before.map(known::asOldAs).orElse(known));
        if (before.isEmpty()) {
            runs.forEach(run -> run.choice().added(tag));
        }
        if (wants.inForce(feed, tag)) {
            wants.touch(feed, tag);
        }
    }

    /** The tag is no candidate any more; it is remembered as missing only while somebody selects it. */
    private void remove(Feed feed, String tag, KnownTag missing, List<PolicyRun> runs, Set<String> selected) {
        if (selected.contains(tag)) {
            book.put(feed, tag, missing);
        } else {
            book.delete(feed, tag);
        }
        runs.forEach(run -> run.choice().removed(tag));
        if (selected.contains(tag) || wants.inForce(feed, tag)) {
            wants.touch(feed, tag);
        }
    }

    private static Set<String> selectedBy(List<PolicyRun> runs) {
        Set<String> tags = new HashSet<>();
        runs.forEach(run -> run.memory().selection().forEach(selected -> tags.add(selected.tag())));
        return tags;
    }

    private void controlled(ControlRequested control, Envelope<?> cause) {
        tables.controls().put(control.scope(), cause);
        if (control.scope().equals(ControlRequested.EVERYTHING)) {
            decideAll(Backlogs.EVERYTHING, shelf.all(), Trigger.CONTROL, cause);
        }
    }

    private void decideAll(Feed feed, List<PolicyRun> runs, Trigger trigger, Envelope<?> cause) {
        decideAll(Backlogs.scope(feed), runs, trigger, cause);
    }

    private void decideAll(String scope, Collection<PolicyRun> runs, Trigger trigger, Envelope<?> cause) {
        if (runs.size() > MAX_AT_ONCE) {
            backlogs.add(scope, runs.size(), clock.instant(), cause);
        } else {
            runs.forEach(run -> decide(run, trigger, cause));
        }
    }

    private Optional<String> stop() {
        Envelope<?> newest = tables.controls().get(ControlRequested.EVERYTHING);
        return newest != null
                        && newest.event() instanceof ControlRequested control
                        && control.action() == ControlAction.HALT
                ? Optional.of(control.who() + ": " + control.why())
                : Optional.empty();
    }

    private void decide(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        if (run.declared().suspended()) {
            wakeups.clear(run.key());
            return;
        }
        for (int step = 0; step < MAX_STEPS && decideOnce(run, trigger, cause); step++) {
            // a selection may open the way to the next one
        }
    }

    /** @return whether the policy is to be asked again at once */
    private boolean decideOnce(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        Instant now = clock.instant();
        PolicyMemory memory = run.memory();
        Conclusion conclusion = run.choice().conclude(memory, new Circumstances(now, stop()));
        Report report = Report.of(
                run.declared(), memory, conclusion, new Report.Context(trigger, now, Map.copyOf(positions), version));
        report.selected().ifPresent(selected -> outbox.publish(cause.causes(selected, SOURCE, now)));
        report.decided().ifPresent(decided -> outbox.publish(cause.causes(decided, SOURCE, now)));
        wakeups.set(run.key(), conclusion.lookAgainAt(), cause);
        if (!report.memory().equals(memory)) {
            wants.touch(run);
            memory.selection().forEach(before -> wants.touch(run.declared().feed(), before.tag()));
            shelf.remember(run, report.memory());
            wants.touch(run);
        }
        return report.selected().isPresent()
                && conclusion.lookAgainAt().filter(at -> !at.isAfter(now)).isPresent();
    }
}
