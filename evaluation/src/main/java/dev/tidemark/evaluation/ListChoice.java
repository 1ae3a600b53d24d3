package dev.tidemark.evaluation;

import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.decide.Decision;
import dev.tidemark.policies.gate.Admission;
import dev.tidemark.policies.gate.Check;
import dev.tidemark.policies.gate.Descent;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.Publication;
import dev.tidemark.policies.inputs.TagListPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ResourceSetInputProvider's filter at work: selects a list (flux-gitless 1.7). The stop applies, and of the gates those that do
 * not speak of one version.
 */
final class ListChoice implements Choice {

    /** A registry that answers reports hundreds of digests in this time; after it a message says which one is missing. */
    static final Duration LONG = Duration.ofMinutes(1);

    private final PolicyDeclared declared;
    private final TagListPolicy policy;
    private final Gates.Reading annotations;
    private final TagStore store;
    private final Export export;
    private @Nullable List<String> chosen;
    private @Nullable ListPass pass;
    private @Nullable Patience patience;

    ListChoice(PolicyDeclared declared, TagListPolicy policy, Gates.Reading annotations, TagStore store) {
        this.declared = declared;
        this.policy = policy;
        this.annotations = annotations;
        this.store = store;
        this.export = new Export(declared, store);
    }

    @Override
    public void added(String tag) {
        if (pass != null) {
            pass.added(tag);
        }
        if (chosen != null) {
            chosen = after(policy.add(chosen, tag), chosen);
        }
    }

    /** Which tags are on the list does not depend on their digests. */
    @Override
    public void changed(String tag) {}

    @Override
    public void removed(String tag) {
        pass = pass != null && pass.dependsOn(tag) ? null : pass;
        if (chosen != null) {
            chosen = after(policy.remove(chosen, tag), chosen);
        }
    }

    @Override
    public void forget() {
        pass = null;
        chosen = null;
        export.forget();
    }

    private static @Nullable List<String> after(TagListPolicy.Step step, List<String> before) {
        return switch (step) {
            case TagListPolicy.Step.Unchanged unchanged -> before;
            case TagListPolicy.Step.Changed(List<String> tags) -> tags;
            case TagListPolicy.Step.FullPassRequired required -> null;
        };
    }

    @Override
    public boolean isReady(PolicyState state) {
        return chosen != null || annotations instanceof Gates.Reading.Invalid || !store.complete(declared.feed());
    }

    @Override
    public boolean prepare(PolicyState state, Circumstances circumstances, int limit) {
        if (isReady(state)) {
            return true;
        }
        if (pass == null) {
            pass = new ListPass(
                    store,
                    declared.feed(),
                    tags -> new ListPass.Kept(policy.select(inFixedOrder(tags)), Optional.empty()));
        }
        if (!pass.isDone() && !pass.read(limit)) {
            return false;
        }
        chosen = policy.select(inFixedOrder(pass.shortlist()));
        pass = null;
        return true;
    }

    @Override
    public PolicyResult evaluate(PolicyState state, Circumstances circumstances) {
        return switch (annotations) {
            case Gates.Reading.Invalid(List<Gates.Mistake> mistakes) ->
                PolicyResult.stays(
                        state,
                        Verdict.invalid("InvalidAnnotation", new Decision.InvalidAnnotation(mistakes).sentence()));
            case Gates.Reading.Valid(Gates gates) ->
                store.complete(declared.feed())
                        ? evaluate(state, circumstances, gates)
                        : PolicyResult.stays(
                                state,
                                Verdict.waiting("DependencyNotReady", "retrying in 30s error: no tags in database"));
        };
    }

    @Override
    public String explain(String tag, PolicyState state, Circumstances circumstances) {
        if (!store.listed(declared.feed()).contains(tag)) {
            return tag + " is not in the last complete list of the registry"
                    + (state.selects(tag) ? "; it stays until the registry confirms that it is gone" : "");
        }
        if (policy.select(List.of(tag)).isEmpty()) {
            return tag + " does not pass the filter";
        }
        return listed().contains(tag)
                ? tag + " passes the filter and is on the list"
                : tag + " passes the filter, but the limit leaves it out: others come first";
    }

    private PolicyResult evaluate(PolicyState state, Circumstances circumstances, Gates gates) {
        Map<String, SelectedTag> missing = guarded(state, gates);
        List<String> tags = missing.isEmpty() ? listed() : policy.select(inFixedOrder(withMissing(missing.keySet())));
        if (tags.isEmpty() && state.selection().isEmpty()) {
            return PolicyResult.stays(
                    state,
                    Verdict.nothing(
                            "ReconciliationFailed",
                            "no tag of " + declared.feed().image() + " passes the filter"));
        }
        PolicyResult result =
                switch (export.of(tags, missing, state, circumstances.now())) {
                    case Export.Outcome.Complete(List<SelectedTag> selection) -> {
                        patience = null;
                        yield selection.equals(state.selection())
                                ? PolicyResult.publishes(selection)
                                : gated(state, circumstances, gates, () -> PolicyResult.publishes(selection));
                    }
                    case Export.Outcome.Incomplete(String without) ->
                        gated(state, circumstances, gates, () -> incomplete(tags, without, state, circumstances.now()));
                };
        return missing.isEmpty()
                ? result
                : result.checking(new Check(missing.keySet().iterator().next(), CheckPurpose.CONFIRM_GONE));
    }

    /** What waits for how long, and since when that is said: not anew with every digest that comes. */
    private record Patience(List<String> tags, Verdict verdict, Instant until) {}

    /** What was exported stands: half a list would be rolled out, and the whole one once more. */
    private PolicyResult incomplete(List<String> tags, String without, PolicyState state, Instant now) {
        Patience said = patience;
        if (said == null || !said.tags().equals(tags) || !said.until().isAfter(now)) {
            String digests = said != null && said.tags().equals(tags)
                    ? "the registry has not reported the digest of " + without + " yet, it is asked again and again"
                    : "the digests of new tags are asked for";
            said = new Patience(
                    tags,
                    Verdict.stays(
                            state,
                            "AwaitingDigests",
                            "the new list of " + Sentences.count(tags.size(), "tag") + " waits: " + digests),
                    now.plus(LONG));
            patience = said;
        }
        return PolicyResult.stays(state, said.verdict()).awaiting(tags).evaluatingAgain(Optional.of(said.until()));
    }

    private List<String> listed() {
        List<String> tags = chosen;
        if (tags == null) {
            tags = policy.select(inFixedOrder(store.listed(declared.feed())));
            chosen = tags;
        }
        return tags;
    }

    /** Selected tags that a list does not show and nobody confirmed gone: they stay, lists may be stale or partial. */
    private Map<String, SelectedTag> guarded(PolicyState state, Gates gates) {
        Map<String, SelectedTag> missing = new LinkedHashMap<>();
        for (SelectedTag selected : state.selection()) {
            store.find(declared.feed(), selected.tag())
                    .filter(known -> !known.listed())
                    .filter(known -> isKept(selected.tag(), known, gates))
                    .ifPresent(known -> missing.put(selected.tag(), selected));
        }
        return missing;
    }

    private static boolean isKept(String tag, KnownTag known, Gates gates) {
        return gates.descent(new Descent(tag, "the rest of the list", false, known.gone())) instanceof HeldBack;
    }

    /** Only what the list shows first can be on it together with them. */
    private List<String> withMissing(Collection<String> missing) {
        List<String> tags = new ArrayList<>(listed());
        tags.addAll(missing);
        return tags;
    }

    /** Versions of equal rank keep the order of the list, so it has to be a fixed one. */
    private static List<String> inFixedOrder(List<String> tags) {
        return tags.stream().sorted(Utf8Order.DESCENDING).toList();
    }

    private static PolicyResult gated(
            PolicyState state, Circumstances circumstances, Gates gates, Supplier<PolicyResult> otherwise) {
        return switch (circumstances.before(gates).publication(Publication.ofList(circumstances.now()))) {
            case Admission.Admitted admitted -> otherwise.get();
            case HeldBack why -> PolicyResult.heldBack(state, why);
        };
    }
}
