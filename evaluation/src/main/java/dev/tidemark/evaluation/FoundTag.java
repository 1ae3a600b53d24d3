package dev.tidemark.evaluation;

import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Feed;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.gate.Admission;
import dev.tidemark.policies.gate.Descent;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.select.TagPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A branch holds a higher tag than the one that is selected, and nobody knows why: state was lost, and the list may be read
 * in part. With no memory the branch itself is the memory, so the step down from there is one like any other: it waits until
 * the registry has said that the tag is gone.
 */
record FoundTag(Feed feed, TagPolicy policy, ExclusionList exclusions, TagStore store) {

    /** What the policy comes to, with what branches that hold more may be told. */
    PolicyResult confirming(PolicyResult result, PolicyState state, Gates gates) {
        String found = state.found();
        if (found == null || result.selection().isEmpty()) {
            return result;
        }
        String selected = result.selection().getFirst().tag();
        if (!isLower(selected, found)) {
            return result.answeringFound();
        }
        Optional<KnownTag> known = store.find(feed, found);
        boolean unwanted =
                exclusions.excludes(found) || policy.judge(found) != dev.tidemark.policies.select.Verdict.ELIGIBLE;
        boolean gone = known.filter(KnownTag::gone).isPresent();
        return switch (gates.descent(new Descent(found, selected, unwanted, gone))) {
            case Admission.Admitted admitted -> result.answeringFound();
            case HeldBack why ->
                // what holds a listed one back is said already
                known.filter(KnownTag::listed).isPresent() ? result : waiting(result, state, why);
        };
    }

    private static PolicyResult waiting(PolicyResult result, PolicyState state, HeldBack why) {
        PolicyResult waits = result.saying(Verdict.heldBack(state, why));
        return why.check().map(waits::checking).orElse(waits);
    }

    private boolean isLower(String tag, String than) {
        return policy.candidate(tag)
                        .flatMap(low -> policy.candidate(than).map(high -> policy.compare(low, high)))
                        .orElse(OptionalInt.empty())
                        .orElse(0)
                < 0;
    }
}
