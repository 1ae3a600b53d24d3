package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.PolicyResult.Verdict;
import dev.tidemark.evaluator.domain.PolicyState.Check;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagRemark;
import dev.tidemark.policies.decide.Candidates;
import dev.tidemark.policies.decide.Decider;
import dev.tidemark.policies.decide.Decision;
import dev.tidemark.policies.decide.Explanation;
import dev.tidemark.policies.decide.FreezeWindow;
import dev.tidemark.policies.decide.Hold;
import dev.tidemark.policies.decide.Outcome;
import dev.tidemark.policies.decide.Question;
import dev.tidemark.policies.decide.Rules;
import dev.tidemark.policies.decide.Standing;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.Step;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.Collection;
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
    private final Rules.Reading rules;
    private final TagStore book;
    private final DigestRule digests;

    private @Nullable Standing standing;
    private final Set<String> toAsk = new LinkedHashSet<>();

    SingleChoice(
            PolicyDeclared declared, TagPolicy policy, ExclusionList exclusions, Rules.Reading rules, TagStore book) {
        this.declared = declared;
        this.policy = policy;
        this.exclusions = exclusions;
        this.rules = rules;
        this.book = book;
        this.digests = new DigestRule(declared, book);
    }

    @Override
    public void added(String tag) {
        if (standing != null && !exclusions.excludes(tag)) {
            toAsk.add(tag);
            standing = toAsk.size() > MAX_ASKED_AGAIN ? null : standing;
        }
    }

    @Override
    public void removed(String tag) {
        toAsk.remove(tag);
        if (standing != null && !exclusions.excludes(tag)) {
            standing = switch (policy.remove(standing.state(), tag)) {
                case Step.Next next -> new Standing(next.after(), standing.annotations());
                case Step.FullPassRequired required -> null;
            };
        }
    }

    @Override
    public void forget() {
        standing = null;
        toAsk.clear();
    }

    @Override
    public PolicyResult conclude(PolicyState memory, Circumstances circumstances) {
        if (!book.complete(feed())) {
            return PolicyResult.stays(memory, notInDatabase());
        }
        Outcome outcome = ask(memory, circumstances);
        List<TagRemark> remarks = outcome.remarks().stream()
                .map(remark -> new TagRemark(
                        remark.tag(), remark.why().name(), remark.until().orElse(null)))
                .toList();
        PolicyResult conclusion = conclusion(outcome.decision(), memory, circumstances);
        Optional<Instant> again = Stream.of(
                        conclusion.lookAgainAt(), outcome.lookAgainAt(), atOnce(outcome, circumstances.now()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return conclusion.remarking(remarks).lookingAgain(again);
    }

    /** A tag that was too young for one step may be old enough for the smaller one that is left. */
    private static Optional<Instant> atOnce(Outcome outcome, Instant now) {
        return outcome.decision() instanceof Decision.Select
                        && !outcome.turnedAway().isEmpty()
                ? Optional.of(now)
                : Optional.empty();
    }

    /** The question that a decision answers, about any candidates. */
    Question question(PolicyState memory, Candidates candidates, Circumstances circumstances) {
        Optional<String> published = memory.selectedTag();
        boolean gone = published
                .flatMap(tag -> book.find(feed(), tag))
                .filter(KnownTag::gone)
                .isPresent();
        return new Question(
                policy,
                rules,
                published,
                candidates,
                gone ? Question.Presence.CONFIRMED_GONE : Question.Presence.UNKNOWN,
                circumstances.now(),
                tag -> book.find(feed(), tag).flatMap(known -> Optional.ofNullable(known.firstSeen())),
                circumstances.stop());
    }

    /** The tags that this policy may see. */
    List<String> seen() {
        return book.listed(feed()).stream()
                .filter(tag -> !exclusions.excludes(tag))
                .toList();
    }

    @Override
    public String explain(String tag, PolicyState memory, Circumstances circumstances) {
        if (!book.complete(feed())) {
            return "no scan of " + feed().image() + " has completed yet";
        }
        if (exclusions.excludes(tag)) {
            return tag + " is on the exclusion list of the ImageRepository";
        }
        List<String> seen = seen();
        return Explanation.explain(question(memory, new Candidates.All(seen), circumstances), seen, tag)
                .sentence();
    }

    private Outcome ask(PolicyState memory, Circumstances circumstances) {
        Standing known = seeksHeldVersion(memory) ? null : standing;
        Outcome outcome = known == null
                ? fullPass(memory, circumstances)
                : Decider.decide(question(memory, new Candidates.Several(known, toAsk), circumstances));
        if (outcome.decision() instanceof Decision.FullPassRequired) {
            outcome = fullPass(memory, circumstances);
        }
        Collection<String> again = outcome.turnedAway();
        standing = again.size() > MAX_ASKED_AGAIN ? null : outcome.standing().orElse(null);
        toAsk.clear();
        toAsk.addAll(again);
        return outcome;
    }

    private Outcome fullPass(PolicyState memory, Circumstances circumstances) {
        return Decider.decide(question(memory, new Candidates.All(seen()), circumstances));
    }

    /** A hold may name any listed tag, also one that was passed over: until it is published the list is searched. */
    private boolean seeksHeldVersion(PolicyState memory) {
        return rules instanceof Rules.Reading.Valid(Rules valid)
                && valid.hold().orElse(null) instanceof Hold.StayOn stay
                && memory.selectedTag()
                        .filter(tag -> stay.names(tag, policy.candidate(tag).map(Candidate::value)))
                        .isEmpty();
    }

    private PolicyResult conclusion(Decision decision, PolicyState memory, Circumstances circumstances) {
        return switch (decision) {
            case Decision.Select select -> publish(select.tag(), memory, circumstances.now());
            case Decision.Keep keep ->
                switch (keep.reason()) {
                    case STILL_BEST -> refresh(memory, circumstances, Verdict.SUCCEEDED);
                    case DOWNGRADE_FORBIDDEN ->
                        PolicyResult.stays(memory, Verdict.stays(memory, "DowngradeForbidden", Words.of(decision)));
                };
            case Decision.AwaitConfirmation await ->
                PolicyResult.stays(memory, Verdict.stays(memory, "AwaitingConfirmation", Words.of(decision)))
                        .checking(new Check(await.missing(), CheckPurpose.CONFIRM_GONE));
            case Decision.Held held ->
                refresh(memory, circumstances, Verdict.stays(memory, "Held", Words.of(decision)));
            case Decision.TooYoung young ->
                refresh(memory, circumstances, Verdict.stays(memory, "TooYoung", Words.of(decision)));
            case Decision.Frozen frozen ->
                PolicyResult.stays(memory, Verdict.stays(memory, "Frozen", Words.of(decision)));
            case Decision.Stopped stopped ->
                PolicyResult.stays(memory, Verdict.stays(memory, "Halted", Words.of(decision)));
            case Decision.Nothing(Selection selection) -> PolicyResult.stays(memory, nothing(selection));
            case Decision.InvalidAnnotation invalid ->
                PolicyResult.stays(memory, Verdict.invalid("InvalidAnnotation", Words.of(decision)));
            case Decision.FullPassRequired required ->
                throw new IllegalStateException("a full pass needs no other: " + required.cause());
        };
    }

    private PolicyResult publish(String tag, PolicyState memory, Instant now) {
        return digests.reflect(tag, memory, now)
                .map(chosen -> PolicyResult.publishes(List.of(chosen)))
                .orElseGet(() -> PolicyResult.stays(
                                memory,
                                Verdict.waiting("Failed", "fetching the digest of " + declared.name() + ":" + tag))
                        .checking(new Check(tag, CheckPurpose.DIGEST_ONCE)));
    }

    /** The tag stays; its digest may have moved, which is an update like any other and waits like one. */
    private PolicyResult refresh(PolicyState memory, Circumstances circumstances, Verdict verdict) {
        Optional<String> published = memory.selectedTag()
                .filter(tag -> book.find(feed(), tag).filter(KnownTag::listed).isPresent());
        if (published.isEmpty()) {
            return PolicyResult.stays(memory, verdict);
        }
        PolicyResult fresh = publish(published.get(), memory, circumstances.now());
        List<SelectedTag> selection = fresh.selection();
        if (selection.equals(memory.selection())) {
            return fresh.verdict().equals(Verdict.SUCCEEDED) ? fresh.saying(verdict) : fresh;
        }
        if (circumstances.stop().isPresent()) {
            String why = "the new digest waits: "
                    + Words.stopped(circumstances.stop().get());
            return PolicyResult.stays(memory, Verdict.stays(memory, "Halted", why));
        }
        Optional<Instant> frozen = frozenUntil(circumstances.now());
        return frozen.map(until -> PolicyResult.stays(
                                memory, Verdict.stays(memory, "Frozen", "the new digest waits: " + Words.frozen(until)))
                        .lookingAgain(frozen))
                .orElseGet(() -> fresh.saying(verdict));
    }

    private Optional<Instant> frozenUntil(Instant now) {
        return rules instanceof Rules.Reading.Valid(Rules valid)
                ? FreezeWindow.frozenUntil(valid.freeze(), now)
                : Optional.empty();
    }

    private Verdict nothing(Selection selection) {
        return switch (selection) {
            case Selection.NothingMatches nothing ->
                nothing.cause() == Selection.Cause.NO_CANDIDATES && seen().isEmpty()
                        ? notInDatabase()
                        : Verdict.nothing("Failure", nothing.message());
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
