package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Keys;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.FaultText;
import dev.tidemark.policies.gate.Check;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One declared policy with its state and its choice at work. */
final class PolicyRun {

    private final PolicyDeclared declared;
    private final BiConsumer<Target, Throwable> faults;
    private final Choice choice;
    private PolicyState state = PolicyState.NONE;
    private Set<String> exported = Set.of();
    private Set<String> awaited = Set.of();

    /** @param faults hears of what fails here, beside the decision that says so */
    PolicyRun(PolicyDeclared declared, PolicyState state, TagStore store, BiConsumer<Target, Throwable> faults) {
        this.declared = declared;
        this.faults = faults;
        this.choice = guarded(
                () -> Choice.of(declared, store), why -> new Choice.Broken("InvalidPolicy", "cannot be read: " + why));
        save(state);
    }

    /** What fails in one policy is that policy's answer, and nobody else's. A machine at its end says so upwards. */
    private <T> T guarded(Supplier<T> work, Function<String, T> otherwise) {
        try {
            return work.get();
        } catch (RuntimeException | Error fault) {
            if (fault instanceof VirtualMachineError && !(fault instanceof StackOverflowError)) {
                throw fault;
            }
            faults.accept(declared.target(), fault);
            return otherwise.apply(FaultText.of(fault));
        }
    }

    PolicyDeclared declared() {
        return declared;
    }

    Choice choice() {
        return choice;
    }

    /** Takes in a tag; a fault shows when the policy is asked. */
    void added(String tag) {
        changed(() -> choice.added(tag));
    }

    /** Takes in that something else is known of a tag, in the same way. */
    void changed(String tag) {
        changed(() -> choice.changed(tag));
    }

    /** Takes in that a tag is gone, in the same way. */
    void removed(String tag) {
        changed(() -> choice.removed(tag));
    }

    private void changed(Runnable change) {
        boolean taken = guarded(
                () -> {
                    change.run();
                    return true;
                },
                why -> false);
        if (!taken) {
            choice.forget();
        }
    }

    /** Whether the next answer takes no pass over the feed's list. */
    boolean isReady() {
        return declared.suspended() || choice.isReady(state);
    }

    /** Reads on in the feed's list; a fault shows when the policy is asked. */
    boolean prepare(Choice.Circumstances circumstances, int limit) {
        return declared.suspended() || guarded(() -> choice.prepare(state, circumstances, limit), why -> true);
    }

    /** What the policy comes to. */
    PolicyResult evaluate(Choice.Circumstances circumstances) {
        return guarded(() -> choice.evaluate(state, circumstances), why -> {
            choice.forget();
            return failed(why);
        });
    }

    /** What a result means for the log. */
    Report report(PolicyResult result, Report.Context context) {
        return guarded(
                () -> Report.of(declared, state, result, context),
                why -> Report.of(declared, state, failed(why), context));
    }

    private PolicyResult failed(String why) {
        return PolicyResult.stays(state, PolicyResult.Verdict.invalid("EvaluationFailed", "cannot be decided: " + why));
    }

    PolicyState state() {
        return state;
    }

    String key() {
        return Keys.declared(declared.image(), declared.target());
    }

    void save(PolicyState newer) {
        state = newer;
        exported = tags(newer.selection().stream().map(SelectedTag::tag));
        awaited = tags(newer.awaits().stream());
    }

    private static Set<String> tags(Stream<String> tags) {
        return tags.collect(Collectors.toUnmodifiableSet());
    }

    /** The watched tags of this policy: those where a change of its state can change what it requests. */
    Set<String> watchedTags() {
        Set<String> tags = new HashSet<>(exported);
        tags.addAll(awaited);
        Check check = state.check();
        if (check != null) {
            tags.add(check.tag());
        }
        return tags;
    }

    /** Whether the policy waits for what the registry says of a tag now, and does not only follow it. */
    boolean asks(String tag) {
        Check check = state.check();
        return !declared.suspended() && check != null && check.tag().equals(tag);
    }

    /** The check of a tag that this policy requests. */
    Optional<TagCheckWanted> checkRequest(String tag) {
        if (declared.suspended()) {
            return Optional.empty();
        }
        Check check = state.check();
        if (check != null && check.tag().equals(tag) && check.purpose() != CheckPurpose.UNKNOWN) {
            return Optional.of(new TagCheckWanted(declared.feed(), tag, check.purpose(), null));
        }
        Optional<TagCheckWanted> follows = exported.contains(tag)
                ? DigestRule.watchInterval(declared)
                        .map(every -> new TagCheckWanted(declared.feed(), tag, CheckPurpose.DIGEST_EVERY, every))
                : Optional.empty();
        return follows.isEmpty() && awaited.contains(tag)
                ? Optional.of(new TagCheckWanted(declared.feed(), tag, CheckPurpose.DIGEST_ONCE, null))
                : follows;
    }
}
