package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What follows from the outcomes of a run: what is kept of the branch, and what is reported. */
public final class BranchProgress {

    public static final String EVENT_SOURCE = "git-committer";

    /** A branch whose automations say no interval: asked once a day. */
    private static final Duration NO_INTERVAL = Duration.ofDays(1);

    private BranchProgress() {}

    /** The plan without selections that are older than what the branch was given already. */
    public static AutomationPlan current(AutomationPlan plan, BranchState state) {
        Set<String> outdated = plan.selections().entrySet().stream()
                .filter(selection -> {
                    Written written = state.written().get(selection.getKey());
                    return written != null
                            && written.sequence() > selection.getValue().event().sequence();
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return plan.without(outdated);
    }

    /**
     * What is kept of a branch after a run.
     *
     * @param plans of the branch, with all selections that the log shows
     * @param head up to where its history is known; null if that is where it was before
     * @param nextTry null if nothing failed
     */
    public static BranchState after(
            BranchState before,
            Collection<? extends AutomationOutcome> outcomes,
            Collection<AutomationPlan> plans,
            @Nullable String head,
            Instant started,
            @Nullable Instant nextTry) {
        Map<String, Written> written = new TreeMap<>(before.written());
        @Nullable String problem = null;
        for (AutomationOutcome outcome : outcomes) {
            switch (outcome) {
                case AutomationOutcome.Committed committed -> note(written, committed.plan());
                case AutomationOutcome.NoChange noChange -> note(written, noChange.plan());
                case AutomationOutcome.Failed failed -> problem = failed.message();
                case AutomationOutcome.Stalled stalled -> problem = stalled.message();
            }
        }
        return new BranchState(
                before.branch(),
                head == null ? before.head() : head,
                CommitFacts.kept(
                        written,
                        plans.stream()
                                .flatMap(plan -> plan.selections().keySet().stream())
                                .collect(Collectors.toSet())),
                problem == null ? null : Objects.requireNonNullElse(before.failingSince(), started),
                problem == null ? null : nextTry,
                problem);
    }

    private static void note(Map<String, Written> written, AutomationPlan plan) {
        Map<String, String> values = plan.policies().stream()
                .collect(Collectors.toMap(
                        Policy::name, policy -> policy.latest().reference(), (first, second) -> first));
        plan.selections().forEach((target, selection) -> {
            TagSelected selected = selection.event();
            String value = values.getOrDefault(selected.target().name(), "");
            written.put(target, new Written(value, selected.sequence()));
        });
    }

    /** When the branch is reconciled again if nothing changes. */
    public static Duration interval(List<AutomationOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.plan().automation().spec().interval())
                .min(Comparator.naturalOrder())
                .orElse(NO_INTERVAL);
    }

    public static Envelope<Committed> committed(AutomationOutcome.Committed outcome, Instant now) {
        Branch branch = outcome.plan().branch();
        return caused(newest(outcome.plan()), CommitFacts.committed(branch, outcome), now);
    }

    /**
     * A commit that was found at the remote. Its files were not compared: the images are those of the selections that are
     * still in force, and the counts say no more than the header.
     */
    public static Envelope<Committed> found(FoundCommit commit, AutomationPlan plan, Instant now) {
        Map<String, Envelope<TagSelected>> known = new TreeMap<>(plan.selections());
        known.entrySet()
                .removeIf(entry -> commit.selections().getOrDefault(entry.getKey(), -1L)
                        != entry.getValue().event().sequence());
        return caused(newest(known.values()), CommitFacts.found(plan, commit, known.keySet()), now);
    }

    /** What the headers of these commits say that the targets of these plans were given; others are nobody's here. */
    public static Map<String, Written> written(List<FoundCommit> commits, Collection<AutomationPlan> plans) {
        Map<String, Written> written = new TreeMap<>();
        for (FoundCommit commit : commits) {
            commit.selections()
                    .forEach((target, sequence) -> written.merge(
                            target,
                            new Written("", sequence),
                            (one, other) -> one.sequence() >= other.sequence() ? one : other));
        }
        written.keySet().removeIf(target -> plans.stream()
                .noneMatch(plan -> plan.selections().containsKey(target)));
        return written;
    }

    public static Envelope<Event.UpdateFailed> failed(
            AutomationOutcome.Failed outcome, @Nullable Instant nextTry, Instant now) {
        String automation = outcome.plan().automation().id().toString();
        return caused(
                newest(outcome.plan()),
                new Event.UpdateFailed(automation, outcome.reason(), outcome.message(), nextTry),
                now);
    }

    public static Envelope<Event.UpdateRefused> stalled(AutomationOutcome.Stalled outcome, Instant now) {
        String automation = outcome.plan().automation().id().toString();
        return caused(
                newest(outcome.plan()), new Event.UpdateRefused(automation, outcome.reason(), outcome.message()), now);
    }

    public static Envelope<BranchState> state(
            BranchState state, Collection<? extends AutomationOutcome> outcomes, Instant now) {
        Optional<Envelope<TagSelected>> cause = outcomes.stream()
                .flatMap(outcome -> newest(outcome.plan()).stream())
                .max(Comparator.comparing(Envelope::time));
        return caused(cause, state, now);
    }

    /** An event in the chain of the newest selection that led to it. */
    private static <E extends Event> Envelope<E> caused(Optional<Envelope<TagSelected>> cause, E event, Instant now) {
        return cause.map(selection -> selection.causes(event, EVENT_SOURCE, now))
                .orElseGet(() -> Envelope.first(event, EVENT_SOURCE, now));
    }

    private static Optional<Envelope<TagSelected>> newest(AutomationPlan plan) {
        return newest(plan.selections().values());
    }

    private static Optional<Envelope<TagSelected>> newest(Collection<Envelope<TagSelected>> selections) {
        return selections.stream().max(Comparator.comparing(Envelope::time));
    }
}
