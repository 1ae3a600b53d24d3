package dev.tidemark.evaluation;

import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagRemark;
import dev.tidemark.policies.decide.Candidates;
import dev.tidemark.policies.decide.Decider;
import dev.tidemark.policies.decide.Decision;
import dev.tidemark.policies.decide.DecisionInput;
import dev.tidemark.policies.decide.Explanation;
import dev.tidemark.policies.decide.Outcome;
import dev.tidemark.policies.decide.Remark;
import dev.tidemark.policies.decide.SelectorState;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.gate.Admission;
import dev.tidemark.policies.gate.Check;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.Publication;
import dev.tidemark.policies.gate.TagFacts;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.Step;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An ImagePolicy at work: selects one tag. What it decides is {@link Decider}'s; here are the tags to ask it about. */
final class SingleChoice implements Choice {

    /** From here on a full pass is cheaper than asking again about every tag that an annotation turned away. */
    private static final int MAX_ASKED_AGAIN = 1_000;

    private final PolicyDeclared declared;
    private final TagPolicy policy;
    private final ExclusionList exclusions;
    private final Gates.Reading annotations;
    private final TagStore store;
    private final DigestRule digests;
    private final FoundTag found;

    private @Nullable SelectorState selector;
    private final Set<String> toAsk = new LinkedHashSet<>();
    private final WaitingTags waiting;
    private @Nullable ListPass pass;

    /** What was published when it began: a gate may look at the step from there. */
    private Optional<String> passFor = Optional.empty();

    /** What was published when was asked last: how large a step it is to those that wait depends on it. */
    private Optional<String> published = Optional.empty();

    SingleChoice(
            PolicyDeclared declared,
            TagPolicy policy,
            ExclusionList exclusions,
            Gates.Reading annotations,
            TagStore store) {
        this.declared = declared;
        this.policy = policy;
        this.exclusions = exclusions;
        this.annotations = annotations;
        this.store = store;
        this.digests = new DigestRule(declared, store);
        this.found = new FoundTag(declared.feed(), policy, exclusions, store);
        this.waiting = new WaitingTags(policy);
    }

    @Override
    public void added(String tag) {
        if (pass != null && !exclusions.excludes(tag)) {
            pass.added(tag);
        }
        if (selector != null && !exclusions.excludes(tag)) {
            toAsk.add(tag);
            selector = toAsk.size() > MAX_ASKED_AGAIN ? null : selector;
        }
    }

    @Override
    public void changed(String tag) {
        pass = pass != null && pass.dependsOn(tag) ? null : pass;
        if (waiting.remove(tag)) {
            toAsk.add(tag);
        }
    }

    @Override
    public void removed(String tag) {
        pass = pass != null && pass.dependsOn(tag) ? null : pass;
        toAsk.remove(tag);
        boolean unused = waiting.remove(tag);
        if (selector != null && !exclusions.excludes(tag)) {
            selector = switch (policy.remove(selector.state(), tag)) {
                case Step.Next next -> new SelectorState(next.after(), selector.annotations());
                case Step.FullPassRequired required -> null;
            };
        }
    }

    @Override
    public void forget() {
        pass = null;
        selector = null;
        toAsk.clear();
        waiting.clear();
    }

    @Override
    public boolean isReady(PolicyState state) {
        return (selector != null && !seeksOrdered(state))
                || annotations instanceof Gates.Reading.Invalid
                || !store.complete(feed());
    }

    @Override
    public boolean prepare(PolicyState state, Circumstances circumstances, int limit) {
        if (isReady(state)) {
            return true;
        }
        if (pass == null || !passFor.equals(state.selectedTag())) {
            passFor = state.selectedTag();
            pass = new ListPass(store, feed(), tags -> thatMatter(tags, state, circumstances));
        }
        return pass.isDone() || pass.read(limit);
    }

    /** The best one, those that a gate turned away, the one that is ordered, and one that tells that none fits. */
    private ListPass.Kept thatMatter(List<String> tags, PolicyState state, Circumstances circumstances) {
        List<String> seen =
                tags.stream().filter(tag -> !exclusions.excludes(tag)).toList();
        Outcome outcome = Decider.decide(input(state, new Candidates.All(seen), circumstances));
        Set<String> matter = new LinkedHashSet<>();
        outcome.turnedAway().forEach(away -> matter.add(away.tag()));
        if (outcome.selector().filter(one -> !one.state().unordered()).isEmpty()) {
            return new ListPass.Kept(seen, Optional.empty()); // the order of all of them counts
        }
        Optional<String> best =
                switch (outcome.selector().get().state().selection()) {
                    case Selection.Selected(Candidate selected) -> Optional.of(selected.tag());
                    case Selection.NotNumeric(Candidate offender) -> Optional.of(offender.tag());
                    case Selection.NothingMatches nothing ->
                        seen.stream()
                                .filter(tag -> policy.candidate(tag).isPresent())
                                .findFirst();
                };
        best.ifPresent(matter::add);
        gates().order().ifPresent(order -> seen.stream()
                .filter(tag -> order.names(policy.candidate(tag).orElseGet(() -> new Candidate(tag, tag))))
                .forEach(matter::add));
        return new ListPass.Kept(matter, best);
    }

    @Override
    public PolicyResult evaluate(PolicyState state, Circumstances circumstances) {
        if (!store.complete(feed())) {
            return PolicyResult.stays(state, notInDatabase());
        }
        Outcome outcome = ask(state, circumstances);
        List<TagRemark> remarks = outcome.remarks().stream()
                .map(remark -> new TagRemark(
                        remark.tag(), remark.why().name(), remark.why().until().orElse(null)))
                .toList();
        PolicyResult result = result(outcome.decision(), state, circumstances);
        boolean selects = !result.selection().equals(state.selection());
        Optional<Instant> again = Stream.of(
                        result.evaluateAgainAt(),
                        outcome.evaluateAgainAt(),
                        waiting.next(),
                        selects ? atOnce(outcome, circumstances.now()) : Optional.<Instant>empty())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return found.confirming(result, state, gates()).remarking(remarks).evaluatingAgain(again);
    }

    /** A tag that was too young for one step may be old enough for the smaller one that is left. */
    private static Optional<Instant> atOnce(Outcome outcome, Instant now) {
        return outcome.decision() instanceof Decision.Select
                        && !outcome.turnedAway().isEmpty()
                ? Optional.of(now)
                : Optional.empty();
    }

    /** What a decision depends on, with any candidates. */
    DecisionInput input(PolicyState state, Candidates candidates, Circumstances circumstances) {
        Optional<String> published = state.selectedTag();
        boolean gone = published
                .flatMap(tag -> store.find(feed(), tag))
                .filter(KnownTag::gone)
                .isPresent();
        return new DecisionInput(
                policy,
                annotations,
                published,
                candidates,
                gone ? DecisionInput.Presence.CONFIRMED_GONE : DecisionInput.Presence.UNKNOWN,
                circumstances.now(),
                tag -> facts(tag, state),
                circumstances.stop());
    }

    /** The tags that this policy may see. */
    List<String> seen() {
        return store.listed(feed()).stream()
                .filter(tag -> !exclusions.excludes(tag))
                .toList();
    }

    @Override
    public String explain(String tag, PolicyState state, Circumstances circumstances) {
        if (!store.complete(feed())) {
            return "no scan of " + feed().image() + " has completed yet";
        }
        if (exclusions.excludes(tag)) {
            return tag + " is on the exclusion list of the ImageRepository";
        }
        List<String> seen = seen();
        return Explanation.explain(input(state, new Candidates.All(seen), circumstances), seen, tag)
                .sentence();
    }

    private Outcome ask(PolicyState state, Circumstances circumstances) {
        SelectorState known = seeksOrdered(state) ? null : selector;
        Set<String> asked = known == null ? Set.of() : asked(state, circumstances.now());
        Outcome outcome = known == null
                ? fullPass(state, circumstances)
                : Decider.decide(input(state, new Candidates.Several(known, asked), circumstances));
        if (outcome.decision() instanceof Decision.FullPassRequired) {
            outcome = fullPass(state, circumstances);
        }
        published = state.selectedTag();
        remember(outcome, asked);
        return outcome;
    }

    /** Who waits until a time is asked about before only where the decision may name it, or its step is another now. */
    private Set<String> asked(PolicyState state, Instant now) {
        boolean all = gates().looksAtStep() && !published.equals(state.selectedTag());
        Set<String> asked = new LinkedHashSet<>(waiting.bestFirst(all ? Integer.MAX_VALUE : Outcome.MAX_REMARKS));
        asked.addAll(waiting.due(now));
        asked.addAll(toAsk);
        return asked;
    }

    private void remember(Outcome outcome, Set<String> asked) {
        toAsk.clear();
        selector = outcome.selector().orElse(null);
        if (selector == null || selector.state().unordered()) {
            waiting.clear();
        }
        Set<String> left = new HashSet<>(asked);
        for (Remark away : outcome.turnedAway()) {
            Optional<Instant> until = away.why().until();
            if (until.isPresent() && selector != null && !selector.state().unordered()) {
                waiting.add(away.tag(), until.get());
                left.remove(away.tag());
            } else {
                toAsk.add(away.tag());
            }
        }
        left.forEach(waiting::remove);
        if (selector != null && selector.state().selection() instanceof Selection.Selected(Candidate best)) {
            waiting.keepAbove(best);
        }
        selector = toAsk.size() > MAX_ASKED_AGAIN ? null : selector;
    }

    private Outcome fullPass(PolicyState state, Circumstances circumstances) {
        waiting.clear();
        if (annotations instanceof Gates.Reading.Invalid) {
            return Decider.decide(input(state, new Candidates.All(List.of()), circumstances));
        }
        ListPass done = pass != null && pass.isDone() ? pass : null;
        pass = null;
        if (done != null) {
            Outcome outcome = Decider.decide(input(state, new Candidates.All(done.shortlist()), circumstances));
            // whoever was left out for the sake of a tag that may not be chosen any more comes into question again
            Optional<String> best = done.best();
            if (outcome.turnedAway().stream()
                    .noneMatch(away -> best.filter(away.tag()::equals).isPresent())) {
                return outcome;
            }
        }
        return Decider.decide(input(state, new Candidates.All(seen()), circumstances));
    }

    /** An order may name any listed tag, also one that was passed over: until it is published the list is searched. */
    private boolean seeksOrdered(PolicyState state) {
        return gates().order()
                .filter(order -> state.selectedTag()
                        .filter(tag -> order.names(policy.candidate(tag).orElseGet(() -> new Candidate(tag, tag))))
                        .isEmpty())
                .isPresent();
    }

    private Gates gates() {
        return annotations instanceof Gates.Reading.Valid(Gates gates) ? gates : Gates.NONE;
    }

    private PolicyResult result(Decision decision, PolicyState state, Circumstances circumstances) {
        return switch (decision) {
            case Decision.Select select -> publish(select.tag(), state, circumstances.now());
            case Decision.Keep keep ->
                refresh(
                        state,
                        circumstances,
                        keep.because().map(why -> Verdict.heldBack(state, why)).orElse(Verdict.SUCCEEDED));
            case Decision.Waits(HeldBack why) -> PolicyResult.heldBack(state, why);
            case Decision.Nothing(Selection selection) -> PolicyResult.stays(state, nothing(selection));
            case Decision.InvalidAnnotation invalid ->
                PolicyResult.stays(state, Verdict.invalid("InvalidAnnotation", invalid.sentence()));
            case Decision.FullPassRequired required ->
                throw new IllegalStateException("a full pass needs no other: " + required.cause());
        };
    }

    private PolicyResult publish(String tag, PolicyState state, Instant now) {
        return digests.reflect(tag, state, now)
                .map(chosen -> PolicyResult.publishes(List.of(chosen)))
                .orElseGet(() -> PolicyResult.stays(
                                state,
                                Verdict.waiting("Failed", "fetching the digest of " + declared.name() + ":" + tag))
                        .checking(new Check(tag, CheckPurpose.DIGEST_ONCE)));
    }

    /** The tag stays; its digest may have moved, which is an update like any other and waits like one. */
    private PolicyResult refresh(PolicyState state, Circumstances circumstances, Verdict verdict) {
        Optional<String> published = state.selectedTag()
                .filter(tag -> store.find(feed(), tag).filter(KnownTag::listed).isPresent());
        if (published.isEmpty()) {
            return PolicyResult.stays(state, verdict);
        }
        PolicyResult fresh = publish(published.get(), state, circumstances.now());
        List<SelectedTag> selection = fresh.selection();
        if (selection.equals(state.selection())) {
            return fresh.verdict().equals(Verdict.SUCCEEDED) ? fresh.saying(verdict) : fresh;
        }
        Publication digest = Publication.ofDigest(published.get(), facts(published.get(), state), circumstances.now());
        return switch (circumstances.before(gates()).publication(digest)) {
            case Admission.Admitted admitted -> fresh.saying(verdict);
            case HeldBack why -> PolicyResult.heldBack(state, why);
        };
    }

    private TagFacts facts(String tag, PolicyState state) {
        return store.find(feed(), tag)
                .map(known -> new TagFacts(
                        Optional.ofNullable(known.firstSeen()),
                        Optional.ofNullable(known.digestSeen())
                                .map(seen -> new DigestFacts(
                                        seen,
                                        Optional.ofNullable(known.digestMoved()),
                                        isAnswered(tag, known, state)))))
                .orElse(TagFacts.UNKNOWN);
    }

    /** An answer to somebody else may be old; since this policy asks, there is a new question. */
    private boolean isAnswered(String tag, KnownTag known, PolicyState state) {
        return known.answered()
                && new Check(tag, CheckPurpose.DIGEST_ONCE).equals(state.check())
                && store.wanted(feed(), tag).isPresent();
    }

    private Verdict nothing(Selection selection) {
        return switch (selection) {
            case Selection.NothingMatches nothing ->
                nothing.cause() == Selection.Cause.NO_CANDIDATES && seen().isEmpty()
                        ? notInDatabase()
                        : Verdict.nothing("Failure", nothing.message() + Sentences.lookedFor(declared));
            case Selection.NotNumeric notNumeric -> Verdict.nothing("Failure", notNumeric.message());
            case Selection.Selected selected ->
                throw new IllegalStateException("a selection is not nothing: " + selected.tag());
        };
    }

    private static Verdict notInDatabase() {
        return Verdict.waiting("DependencyNotReady", "retrying in 30s error: no tags in database");
    }

    private Feed feed() {
        return declared.feed();
    }
}
