package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pushes by refspec that are still to be made, of commits that their branch has already. A target like
 * {@code refs/for/main} cannot be asked what it has, so what a failed push owes is remembered from run to run; and what a
 * killed writer owed is found with its commits.
 */
final class SecondPushes {

    private static final System.Logger LOG = System.getLogger(SecondPushes.class.getName());

    /** By name. */
    private final Set<String> owing = new HashSet<>();

    /** A run begins: who writes the branch no more, or without a refspec, owes nothing. */
    void begin(Collection<AutomationPlan> plans) {
        Set<String> writers = plans.stream()
                .filter(plan -> plan.refspec() != null)
                .map(AutomationPlan::name)
                .collect(Collectors.toSet());
        owing.removeIf(name -> {
            if (writers.contains(name)) {
                return false;
            }
            LOG.log(Level.INFO, LogKeys.line("second-push-dropped", LogKeys.RESOURCE, name));
            return true;
        });
    }

    /** Commits reached the branch. */
    void pushed(Collection<? extends AutomationOutcome> outcomes) {
        outcomes.stream()
                .filter(AutomationOutcome.Committed.class::isInstance)
                .filter(outcome -> outcome.plan().refspec() != null)
                .forEach(outcome -> owing.add(outcome.plan().name()));
    }

    /** Somebody else's run brought them there, and nobody said what became of them. */
    void found(Collection<FoundCommit> commits, Collection<AutomationPlan> plans) {
        Set<String> writers = new HashSet<>();
        commits.stream().filter(FoundCommit::isOurs).forEach(commit -> writers.add(commit.automation()));
        plans.stream()
                .filter(plan -> plan.refspec() != null && writers.contains(plan.name()))
                .forEach(plan -> owing.add(plan.name()));
    }

    boolean isOwed(Collection<AutomationPlan> plans) {
        return plans.stream().anyMatch(plan -> plan.refspec() != null && owing.contains(plan.name()));
    }

    /**
     * Makes them, each once for all automations that want it.
     *
     * @param push the push of the branch's head
     * @return the outcomes of the run with what came of it
     */
    List<AutomationOutcome> make(List<AutomationOutcome> outcomes, Function<Refspec, PushOutcome> push) {
        Map<Target, PushOutcome> made = new HashMap<>();
        List<AutomationOutcome> all = new ArrayList<>();
        for (AutomationOutcome outcome : outcomes) {
            Refspec refspec = outcome.plan().refspec();
            if (refspec == null || !owing.contains(outcome.plan().name())) {
                all.add(outcome);
            } else {
                all.addAll(after(
                        made.computeIfAbsent(Target.of(refspec), target -> push.apply(refspec)), refspec, outcome));
            }
        }
        return all;
    }

    /** What a push by refspec is, however that is written. */
    private record Target(String ref, boolean force) {
        static Target of(Refspec refspec) {
            return new Target(refspec.target(), refspec.force());
        }
    }

    private List<AutomationOutcome> after(PushOutcome push, Refspec refspec, AutomationOutcome outcome) {
        AutomationPlan plan = outcome.plan();
        String problem =
                switch (push) {
                    case PushOutcome.Accepted accepted -> "";
                    case PushOutcome.Moved(String message) -> message;
                    case PushOutcome.Refused(String message, boolean denied) -> message;
                    case PushOutcome.Unclear(String message) -> message;
                };
        if (problem.isEmpty()) {
            owing.remove(plan.name());
            return List.of(
                    outcome instanceof AutomationOutcome.Committed committed ? committed.alsoPushed(refspec) : outcome);
        }
        AutomationOutcome failed = new AutomationOutcome.Failed(
                plan,
                Reasons.GIT_OPERATION_FAILED,
                "failed to update source: failed to push to remote: refspec '" + refspec.text() + "': " + problem);
        // the branch has the commit all the same, and that is said too
        return outcome instanceof AutomationOutcome.Committed ? List.of(outcome, failed) : List.of(failed);
    }
}
