package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one automation is to write, and where (flux-git-based 6, 12).
 *
 * @param remote where, and how it is reached
 * @param checkout what is the base while the push branch does not exist
 * @param branch the identity of what is written to
 * @param refspec where the branch is pushed a second time; null for nowhere
 * @param policies the selected policies that have a latest image
 * @param selections the selection behind each policy, by target
 */
public record AutomationPlan(
        Resource<ImageUpdateAutomationSpec> automation,
        Remote remote,
        Checkout checkout,
        Branch branch,
        @Nullable Refspec refspec,
        List<Policy> policies,
        Map<String, Envelope<TagSelected>> selections) {

    /** {@code namespace/name}. */
    public String name() {
        return automation.namespace() + '/' + automation.name();
    }

    /** Full name of the ref that is pushed to. */
    public String pushRef() {
        return "refs/heads/" + branch.name();
    }

    /** The plan with what is selected now. */
    AutomationPlan with(List<Policy> latest, Map<String, Envelope<TagSelected>> selected) {
        return new AutomationPlan(automation, remote, checkout, branch, refspec, latest, selected);
    }

    /** The plan without some of its targets' policies. */
    public AutomationPlan without(Set<String> targets) {
        if (targets.isEmpty()) {
            return this;
        }
        Map<String, Envelope<TagSelected>> kept = new TreeMap<>(selections);
        kept.keySet().removeAll(targets);
        Set<String> names = kept.values().stream()
                .map(selection -> selection.event().target().name())
                .collect(Collectors.toSet());
        List<Policy> remaining = policies.stream()
                .filter(policy -> names.contains(policy.name()))
                .toList();
        return new AutomationPlan(automation, remote, checkout, branch, refspec, remaining, kept);
    }
}
