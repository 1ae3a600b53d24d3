package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Change;
import dev.tidemark.events.CommitSize;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Event.Written;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is reported of a commit and of a branch, bounded by construction: a commit of thousands of files, or a branch of
 * thousands of policies, fits into a record of half a megabyte. Git has the whole of it (ADR 18).
 */
public final class CommitFacts {

    /** Examples that a record names; more are counted. */
    static final int MAX_EXAMPLES = 100;

    /** An image with its digest fits; a marked block of text is cut. */
    private static final int MAX_TEXT = 400;

    private static final int MAX_COMMIT_MESSAGE = 16_000;

    /** Characters of all kept targets and values of a branch together: about 4,000 of them. */
    static final int MAX_KEPT = 500_000;

    private CommitFacts() {}

    public static Committed committed(Branch branch, AutomationOutcome.Committed outcome) {
        List<SetterChange> all = outcome.update().changes();
        List<Change> changes = all.stream()
                .map(c -> new Change(cut(c.path()), cut(c.oldValue()), cut(c.newValue()), cut(c.setter())))
                .distinct()
                .toList();
        List<String> images = all.stream()
                .map(c -> c.policy().latest().reference())
                .distinct()
                .toList();
        SortedMap<String, Long> selections = selections(outcome.plan(), outcome.update());
        boolean whole =
                changes.size() <= MAX_EXAMPLES && images.size() <= MAX_EXAMPLES && selections.size() <= MAX_EXAMPLES;
        return new Committed(
                branch,
                outcome.plan().name(),
                outcome.commit(),
                Printable.cut(outcome.message(), MAX_COMMIT_MESSAGE),
                examples(changes),
                examples(images),
                whole ? null : new CommitSize(outcome.update().contents().size(), changes.size(), images.size()),
                examples(selections));
    }

    /** The selections that changed something, by target: what the commit's header names. */
    public static SortedMap<String, Long> selections(AutomationPlan plan, TreeUpdate update) {
        Set<String> changed =
                update.changes().stream().map(change -> change.policy().name()).collect(Collectors.toSet());
        SortedMap<String, Long> selections = new TreeMap<>();
        plan.selections().forEach((target, selection) -> {
            if (changed.contains(selection.event().target().name())) {
                selections.put(target, selection.event().sequence());
            }
        });
        return selections;
    }

    /** @param targets of the selections behind the commit whose images are known */
    static Committed found(AutomationPlan plan, FoundCommit commit, Set<String> targets) {
        List<String> images = plan
                .without(plan.selections().keySet().stream()
                        .filter(target -> !targets.contains(target))
                        .collect(Collectors.toSet()))
                .policies()
                .stream()
                .map(policy -> policy.latest().reference())
                .distinct()
                .toList();
        return new Committed(
                plan.branch(),
                commit.automation(),
                commit.id(),
                Printable.cut(commit.message(), MAX_COMMIT_MESSAGE),
                List.of(),
                examples(images),
                new CommitSize(0, commit.selections().size(), images.size()),
                examples(new TreeMap<>(commit.selections())));
    }

    /**
     * The targets worth keeping: those that are selected, and those that were once as long as there is room; of each kind
     * the first ones by name, so that it is the same ones after every run. Sequences are counted per target (ADR 27): they
     * say nothing of which one was written last.
     *
     * @param selected the targets that have a selection now
     */
    static Map<String, Written> kept(Map<String, Written> written, Set<String> selected) {
        if (size(written) <= MAX_KEPT) {
            return written;
        }
        Map<String, Written> kept = new TreeMap<>();
        int room = MAX_KEPT;
        List<Map.Entry<String, Written>> selectedFirst = written.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Written> entry) -> !selected.contains(entry.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        for (Map.Entry<String, Written> entry : selectedFirst) {
            room -= size(entry);
            if (room < 0) {
                break;
            }
            kept.put(entry.getKey(), entry.getValue());
        }
        return kept;
    }

    private static long size(Map<String, Written> written) {
        return written.entrySet().stream().mapToLong(CommitFacts::size).sum();
    }

    private static int size(Map.Entry<String, Written> entry) {
        return entry.getKey().length() + entry.getValue().value().length();
    }

    private static <T> List<T> examples(List<T> all) {
        return all.size() <= MAX_EXAMPLES ? all : List.copyOf(all.subList(0, MAX_EXAMPLES));
    }

    private static Map<String, Long> examples(SortedMap<String, Long> all) {
        Map<String, Long> first = new TreeMap<>();
        for (Map.Entry<String, Long> one : all.entrySet()) {
            if (first.size() == MAX_EXAMPLES) {
                break;
            }
            first.put(one.getKey(), one.getValue());
        }
        return first;
    }

    private static String cut(String text) {
        return Printable.cut(text, MAX_TEXT);
    }
}
