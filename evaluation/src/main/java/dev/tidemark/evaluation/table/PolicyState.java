package dev.tidemark.evaluation.table;

import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.gate.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one policy between events; everything else can be computed again.
 *
 * @param name the image as spelled in the last selection
 * @param selection what was published last; empty before the first selection
 * @param previous what was selected before that, as {@code observedPreviousRef}: replaced only by something different
 * @param sequence of the last selection
 * @param said the last outcome that was published, so that only changes are
 * @param check what this policy requests a check of, beside digests that it watches
 * @param history the last few selections, oldest first, to see it going back and forth
 * @param awaits the list that a provider is to export as soon as all its digests are known; empty while none waits
 * @param found a higher tag that a branch holds, until it is known whether the registry has it; null as a rule
 */
public record PolicyState(
        String name,
        List<SelectedTag> selection,
        List<SelectedTag> previous,
        long sequence,
        @Nullable Said said,
        @Nullable Check check,
        List<Past> history,
        List<String> awaits,
        @Nullable String found) {

    /** Enough to see a selection come back; more would only make the state grow. */
    public static final int MAX_HISTORY = 8;

    /** Of a list of thousands the first few that were there before are enough to tell what changed. */
    public static final int MAX_PREVIOUS = 20;

    public static final PolicyState NONE = new PolicyState("", List.of(), List.of(), 0, null, null, List.of());

    public PolicyState {
        awaits = Objects.requireNonNullElse(awaits, List.of()); // older ones have none
    }

    /** Awaits nothing. */
    public PolicyState(
            String name,
            List<SelectedTag> selection,
            List<SelectedTag> previous,
            long sequence,
            @Nullable Said said,
            @Nullable Check check,
            List<Past> history) {
        this(name, selection, previous, sequence, said, check, history, List.of(), null);
    }

    /** What the newest selection says of a policy: all of it but what was said, and what came before. */
    public static PolicyState of(TagSelected newest) {
        List<Past> past = newest.tags().stream()
                .limit(1)
                .map(first -> new Past(label(first), newest.decidedAt()))
                .toList();
        return new PolicyState(newest.name(), newest.tags(), newest.previous(), newest.sequence(), null, null, past);
    }

    /** An outcome in words. */
    public record Said(DecisionOutcome outcome, String reason, String message) {

        public static Said of(PolicyDecided decided) {
            return new Said(decided.outcome(), decided.reason(), decided.message());
        }
    }

    /** The policy as a decision left it, which shows no more of a list than its first tags. */
    public PolicyState as(PolicyDecided decided) {
        boolean whole = decided.selection().size() < MAX_PREVIOUS;
        return new PolicyState(
                decided.name(),
                whole ? decided.selection() : selection,
                decided.previous(),
                sequence,
                Said.of(decided),
                check,
                history,
                awaits,
                found);
    }

    /** A selection of the past, {@code tag} or {@code tag@digest}. */
    public record Past(String tag, Instant at) {}

    /** Whether the policy presently selects the tag. */
    public boolean selects(String tag) {
        return selection.stream().anyMatch(s -> s.tag().equals(tag));
    }

    public Optional<String> selectedTag() {
        return selection.stream().findFirst().map(SelectedTag::tag);
    }

    public PolicyState selecting(String newName, List<SelectedTag> tags, long newSequence, Instant at) {
        List<Past> longer = new ArrayList<>(history);
        tags.stream().findFirst().ifPresent(first -> longer.add(new Past(label(first), at)));
        return new PolicyState(
                newName,
                List.copyOf(tags),
                selection.isEmpty() ? previous : first(selection),
                newSequence,
                said,
                check,
                List.copyOf(longer.subList(Math.max(0, longer.size() - MAX_HISTORY), longer.size())),
                awaits,
                found);
    }

    private static List<SelectedTag> first(List<SelectedTag> tags) {
        return tags.size() <= MAX_PREVIOUS ? tags : List.copyOf(tags.subList(0, MAX_PREVIOUS));
    }

    /** The tags of which it must be known that they are missing. */
    public Set<String> keeps() {
        Set<String> tags = new HashSet<>();
        selection.forEach(selected -> tags.add(selected.tag()));
        if (found != null) {
            tags.add(found);
        }
        return tags;
    }

    /** What is selected, by tag. */
    public Map<String, SelectedTag> byTag() {
        Map<String, SelectedTag> tags = new HashMap<>();
        selection.forEach(selected -> tags.put(selected.tag(), selected));
        return tags;
    }

    /** With the digest: also a tag that is pushed back and forth flaps. */
    private static String label(SelectedTag tag) {
        return tag.digest() == null ? tag.tag() : tag.tag() + '@' + tag.digest();
    }

    public PolicyState renumbered(long newSequence) {
        return new PolicyState(name, selection, previous, newSequence, said, check, history, awaits, found);
    }

    public PolicyState saying(@Nullable Said outcome) {
        return new PolicyState(name, selection, previous, sequence, outcome, check, history, awaits, found);
    }

    public PolicyState checking(@Nullable Check wanted) {
        return new PolicyState(name, selection, previous, sequence, said, wanted, history, awaits, found);
    }

    public PolicyState awaiting(List<String> tags) {
        return new PolicyState(name, selection, previous, sequence, said, check, history, List.copyOf(tags), found);
    }

    /** A branch holds this tag. */
    public PolicyState finding(String tag) {
        return new PolicyState(name, selection, previous, sequence, said, check, history, awaits, tag);
    }

    /** It is known whether the registry has what a branch holds: what is selected follows it. */
    public PolicyState followingFound() {
        List<SelectedTag> followed = found == null || selects(found) ? previous : List.of(new SelectedTag(found, null));
        return new PolicyState(name, selection, followed, sequence, said, check, history, awaits, null);
    }
}
