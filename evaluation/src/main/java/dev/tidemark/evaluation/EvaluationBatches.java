package dev.tidemark.evaluation;

import static dev.tidemark.evaluation.PolicyEvaluation.SOURCE;

import dev.tidemark.evaluation.table.Deferred;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates the policies that an event concerns: at once where they fit into one transaction, the others in batches that
 * follow. A large list is taken over in the same way.
 */
final class EvaluationBatches {

    /**
     * So many policies are evaluated at once: their decisions fit into a transaction that lasts a second at most, on a
     * slow broker too.
     */
    static final int MAX_AT_ONCE = 2_000;

    private final PolicyIndex index;
    private final TagStore store;
    private final TagIntake tags;
    private final CheckRequests requests;
    private final Decisions decisions;
    private final InstantSource clock;
    private final Limits limits;
    private final DeferredEvaluations deferred;

    EvaluationBatches(
            Table<Deferred> table,
            PolicyIndex index,
            TagStore store,
            TagIntake tags,
            CheckRequests requests,
            Decisions decisions,
            InstantSource clock,
            Limits limits) {
        this.deferred = new DeferredEvaluations(table);
        this.index = index;
        this.store = store;
        this.tags = tags;
        this.requests = requests;
        this.decisions = decisions;
        this.clock = clock;
        this.limits = limits;
    }

    /** All policies, wherever their tags are. */
    void all(Trigger trigger, Envelope<?> cause) {
        Collection<PolicyRun> runs = index.all();
        boolean much = toRead(runs) > limits.readTogether();
        evaluate(DeferredEvaluations.EVERYTHING, runs, much, trigger, cause);
    }

    /** The policies of a feed of which something is new. */
    void on(Feed feed, Trigger trigger, Envelope<?> cause) {
        Collection<PolicyRun> runs = index.on(feed);
        boolean much = toRead(runs) > limits.readTogether();
        evaluate(DeferredEvaluations.scope(feed), runs, much, trigger, cause);
    }

    private void evaluate(
            String scope, Collection<PolicyRun> runs, boolean inBatches, Trigger trigger, Envelope<?> cause) {
        if (inBatches || runs.size() > MAX_AT_ONCE) {
            deferred.add(scope, runs.size(), Wakeup.of(clock.instant(), cause));
        } else {
            runs.forEach(run -> decide(run, trigger, cause));
        }
    }

    /** So many tags are read of lists before these are evaluated. */
    private long toRead(Collection<PolicyRun> runs) {
        return runs.stream()
                .filter(run -> !run.isReady())
                .mapToLong(run -> store.size(run.declared().feed()))
                .sum();
    }

    /** Somebody waits for the policy's answer. */
    void answer(PolicyRun run, Envelope<?> cause) {
        if (isMuch(run)) {
            decisions.answerLater(run);
            defer(run, cause);
        } else {
            decide(run, Trigger.POLICY, cause);
        }
    }

    /** The policy's time has come. */
    void wake(PolicyRun run, Envelope<?> cause) {
        if (isMuch(run)) {
            defer(run, cause);
        } else {
            decide(run, Trigger.TIMER, cause);
        }
    }

    private boolean isMuch(PolicyRun run) {
        return !run.isReady() && store.size(run.declared().feed()) > limits.readAtOnce();
    }

    private void defer(PolicyRun run, Envelope<?> cause) {
        Feed feed = run.declared().feed();
        deferred.add(DeferredEvaluations.scope(feed), index.on(feed).size(), Wakeup.of(clock.instant(), cause));
    }

    /** While a list is being taken over nobody decides on half of it: all are evaluated at its end. */
    private void decide(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        if (!tags.isTakingOver(run.declared().feed())) {
            decisions.decide(run, trigger, cause);
        } else if (trigger == Trigger.POLICY) {
            decisions.answerLater(run);
        }
    }

    /** Whether {@link #next()} has something to do. */
    boolean isBehind() {
        return tags.isTakingOver() || !deferred.isEmpty() || tags.tidying().isBehind();
    }

    /** The next batch of what is too much for one transaction: of a large list, and of deferred policies. */
    void next() {
        takeOver()
                .filter(taken -> !index.on(taken.feed()).isEmpty())
                .ifPresent(taken -> deferred.add(
                        DeferredEvaluations.scope(taken.feed()),
                        index.on(taken.feed()).size(),
                        taken.event()));
        evaluateDeferred();
        tags.tidying().next();
    }

    /** Takes over to its end what has begun. */
    void settle() {
        while (tags.isTakingOver()) {
            var unused = takeOver();
        }
    }

    /** Takes a slice of a list over; says of which one when that was its last. */
    private Optional<TagIntake.Progress> takeOver() {
        if (!tags.isTakingOver()) {
            return Optional.empty();
        }
        TagIntake.Progress progress = tags.nextSlice();
        index.on(progress.feed()).stream()
                .findFirst()
                .ifPresentOrElse(any -> requests.flush(progress.event().cause(any.declared(), SOURCE)), requests::drop);
        return progress.ended() ? Optional.of(progress) : Optional.empty();
    }

    private void evaluateDeferred() {
        if (deferred.isEmpty()) {
            return;
        }
        Map.Entry<String, Deferred> next = deferred.next();
        Deferred left = next.getValue();
        int evaluated = 0;
        String last = "";
        long read = store.read();
        for (PolicyRun run : index.next(next.getKey(), left.after(), Math.min(left.left(), MAX_AT_ONCE))) {
            long rest = limits.readInABatch() - (store.read() - read);
            if (rest <= 0 || !isPrepared(run, (int) rest)) {
                if (evaluated > 0) {
                    break;
                }
                return; // it goes on here
            }
            decideDeferred(run, left.event());
            evaluated++;
            last = run.key();
        }
        deferred.evaluated(next.getKey(), left, evaluated, last);
    }

    /** Reads on in the list of a policy that takes a pass over it; while it is being taken over nobody does. */
    private boolean isPrepared(PolicyRun run, int limit) {
        return tags.isTakingOver(run.declared().feed()) || run.prepare(decisions.circumstances(), limit);
    }

    /** Evaluates one policy before its batch comes, as a replay does that knows when that was. */
    void evaluateDeferred(String key) {
        index.find(key)
                .ifPresent(run -> decideDeferred(
                        run, Wakeup.of(clock.instant(), Envelope.first(run.declared(), SOURCE, clock.instant()))));
    }

    private void decideDeferred(PolicyRun run, Wakeup event) {
        Envelope<?> cause = event.cause(run.declared(), SOURCE);
        decide(run, Trigger.BACKLOG, cause);
        requests.flush(cause);
    }
}
