package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What has to be written so that the log declares what the resources say: the difference and nothing else. */
public final class Declarations {

    /** Below this many policies a deletion of more than half is everyday work and not an accident. */
    static final int GUARDED_FROM = 5;

    private Declarations() {}

    /** One record to write. */
    public sealed interface Publication {

        record Declare(PolicyDeclared policy) implements Publication {}

        /** @param moved the target is declared under another image: its selection stays */
        record Withdraw(String key, boolean moved) implements Publication {}
    }

    /** What came of a comparison. */
    public sealed interface Plan {

        record Publish(List<Publication> publications) implements Plan {}

        /** More than half of the policies are gone at once: likelier a mistake than a wish, so they stay. */
        record Guarded(List<Publication> publications, int missing, int declared) implements Plan {}
    }

    /**
     * Compares.
     *
     * @param logged by key, what the log declares in the partitions that this replica owns
     * @param wanted all policies of the resources whose image falls into these partitions
     * @param refused targets whose resource is there but may not be declared: they keep their selection, suspended
     * @param everywhere targets that are declared anywhere, to tell a move from a deletion
     */
    public static Plan plan(
            Map<String, PolicyDeclared> logged,
            List<PolicyDeclared> wanted,
            Set<Target> refused,
            Set<Target> everywhere,
            Instant now) {
        Map<String, PolicyDeclared> wantedByKey = wanted.stream()
                .collect(Collectors.toMap(
                        p -> Keys.declared(p.image(), p.target()), p -> p, (first, again) -> first, TreeMap::new));
        List<Publication> declared = new ArrayList<>();
        wantedByKey.forEach((key, policy) -> {
            PolicyDeclared before = logged.get(key);
            if (before == null || !declaresTheSame(before, policy)) {
                long sequence = Math.max(before == null ? 0 : before.sequence() + 1, now.toEpochMilli());
                declared.add(new Publication.Declare(policy.withSequence(sequence)));
            }
        });
        List<Publication> withdrawn = new ArrayList<>();
        new TreeMap<>(logged).forEach((key, policy) -> {
            if (!wantedByKey.containsKey(key) && refused.contains(policy.target())) {
                if (!policy.suspended()) {
                    long sequence = Math.max(policy.sequence() + 1, now.toEpochMilli());
                    declared.add(new Publication.Declare(policy.suspend().withSequence(sequence)));
                }
            } else if (!wantedByKey.containsKey(key)) {
                withdrawn.add(new Publication.Withdraw(key, everywhere.contains(policy.target())));
            }
        });
        List<Publication> moved =
                withdrawn.stream().filter(Declarations::isMoved).toList();
        int lost = withdrawn.size() - moved.size();
        if (logged.size() >= GUARDED_FROM && lost * 2 > logged.size()) {
            declared.addAll(moved); // under two images a target would be decided twice
            return new Plan.Guarded(declared, lost, logged.size());
        }
        declared.addAll(withdrawn);
        return new Plan.Publish(declared);
    }

    private static boolean isMoved(Publication publication) {
        return publication instanceof Publication.Withdraw withdraw && withdraw.moved();
    }

    /** Every write of a resource's status changes its resourceVersion and nothing that is declared. */
    private static boolean declaresTheSame(PolicyDeclared a, PolicyDeclared b) {
        return comparable(a).equals(comparable(b));
    }

    private static PolicyDeclared comparable(PolicyDeclared policy) {
        return policy.withResourceVersion("").withSequence(0);
    }
}
