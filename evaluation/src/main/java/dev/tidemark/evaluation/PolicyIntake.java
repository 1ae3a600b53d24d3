package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.ReconcileAnnotations;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Policies as they are declared, withdrawn and handed over between partitions: what {@link Tenures} says of that, carried
 * out.
 */
final class PolicyIntake {

    private final PolicyIndex index;
    private final Tenures tenures;
    private final Wakeups wakeups;
    private final CheckRequests requests;
    private final Decisions decisions;
    private final DecisionPublisher publisher;
    private final InstantSource clock;
    private final BiConsumer<PolicyRun, Envelope<?>> answer;

    /** @param answer evaluates a policy that may decide from now on */
    PolicyIntake(
            PolicyIndex index,
            Tenures tenures,
            Wakeups wakeups,
            CheckRequests requests,
            Decisions decisions,
            DecisionPublisher publisher,
            InstantSource clock,
            BiConsumer<PolicyRun, Envelope<?>> answer) {
        this.index = index;
        this.tenures = tenures;
        this.wakeups = wakeups;
        this.requests = requests;
        this.decisions = decisions;
        this.publisher = publisher;
        this.clock = clock;
        this.answer = answer;
    }

    /** One that is older than the one in force has no effect. */
    void declared(Event.PolicyDeclared declared, Envelope<?> cause) {
        String key = Keys.declared(declared.image(), declared.target());
        Optional<PolicyRun> known = index.find(key);
        if (known.filter(run -> run.declared().sequence() >= declared.sequence())
                .isPresent()) {
            return;
        }
        if (known.filter(run -> Metadata.areTwo(run.declared().uid(), declared.uid()))
                .isPresent()) {
            // it was deleted meanwhile, and nothing of it is this one's
            withdraw(key, new Withdrawal.Deleted());
        }
        Optional<PolicyRun> before = index.find(key);
        before.ifPresent(requests::markDirty);
        PolicyRun run = index.declare(cause, declared);
        if (before.isEmpty()) {
            wakeups.clear(key);
            tenures.declared(declared);
        }
        answer.accept(run, cause);
        requests.markDirty(run, Set.of()); // what a suspended policy did not request
        before.filter(old -> isRequested(old.declared(), declared))
                .ifPresent(old -> run.watchedTags().forEach(tag -> requests.markDirtyAnew(declared.feed(), tag)));
    }

    private static boolean isRequested(Event.PolicyDeclared before, Event.PolicyDeclared after) {
        String name = ReconcileAnnotations.REQUESTED_AT;
        return !Objects.equals(
                before.annotations().get(name), after.annotations().get(name));
    }

    /** Takes a policy down, see {@link PolicyEvaluation#withdraw}. */
    void withdraw(String key, Withdrawal why) {
        Optional<PolicyRun> run = index.withdraw(key);
        Keys.parseDeclared(key).ifPresent(declared -> {
            Long sequence = run.map(gone -> gone.state().sequence()).orElse(null);
            Tenures.Effect effect = tenures.withdrawn(declared, sequence, why);
            Envelope<?> cause = first(run.<Event>map(PolicyRun::declared).orElseGet(() -> fact(declared)));
            carryOut(effect, run, cause);
            wakeToForget(key, cause);
        });
        run.ifPresent(gone -> {
            requests.markDirty(gone);
            requests.flush(first(gone.declared()));
        });
    }

    /** A target was handed over to this partition. */
    void arrived(PolicyHandedOver event, Envelope<?> cause) {
        String key = Keys.declared(event.image(), event.target());
        Optional<PolicyRun> run = index.find(key);
        carryOut(tenures.arrived(event, run.map(PolicyRun::declared).orElse(null)), run, cause);
        if (run.isEmpty()) {
            wakeToForget(key, cause);
        }
    }

    /** A branch holds more than what is selected: of a selection that has been replaced meanwhile nobody needs an answer. */
    void found(BranchTagFound found, Envelope<?> cause) {
        index.find(Keys.declared(found.image(), found.target()))
                .filter(run -> run.state().sequence() == found.sequence())
                .ifPresent(run -> {
                    index.save(run, run.state().finding(found.tag()));
                    answer.accept(run, cause);
                });
    }

    /** The time has come to think again of a target that is not declared here. */
    void due(String key, Wakeup due) {
        Keys.parseDeclared(key).ifPresent(declared -> {
            Envelope<?> cause = due.cause(fact(declared), PolicyEvaluation.SOURCE);
            carryOut(tenures.due(declared), Optional.empty(), cause);
            wakeToForget(key, cause);
        });
    }

    private void carryOut(Tenures.Effect effect, Optional<PolicyRun> run, Envelope<?> cause) {
        switch (effect) {
            case Tenures.Effect.Nothing nothing -> {}
            case Tenures.Effect.Opens opens -> run.ifPresent(policy -> answer.accept(policy, cause));
            case Tenures.Effect.SelectsAgain again -> run.ifPresent(policy -> decisions.selectAgain(policy, cause));
            case Tenures.Effect.HandsOver(PolicyHandedOver event) ->
                // handed on it says all that it said
                publisher.publish(cause.causes(event, PolicyEvaluation.SOURCE, clock.instant(), decisions.place())
                        .keeping(cause));
            case Tenures.Effect.Deletes(Target target) -> publisher.tombstone(Topic.TAG_SELECTED, target.text());
        }
    }

    /** Where a target that is not declared here any more went is known for some time. */
    private void wakeToForget(String key, Envelope<?> cause) {
        if (tenures.knows(key)) {
            wakeups.set(key, Optional.of(clock.instant().plus(tenures.retention(key))), cause);
        }
    }

    /** Stands for a declaration that is gone as a cause of what follows. */
    private static Event fact(Keys.Declared declared) {
        return new PolicyHandedOver(declared.target(), declared.image(), declared.image(), null, 0);
    }

    private Envelope<?> first(Event event) {
        return Envelope.first(event, PolicyEvaluation.SOURCE, clock.instant());
    }
}
