package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

        /** What is to be written, in this order. */
        List<Publication> publications();

        record Publish(List<Publication> publications) implements Plan {}

        /** More than half of the policies are gone at once: likelier a mistake than a wish, so they stay. */
        record Guarded(List<Publication> publications, int missing, int declared) implements Plan {}
    }

    /**
     * How many policies are gone of those that the log declares, wherever a replica owns some.
     *
     * @param missing neither wanted nor refused nor declared under another image
     */
    public record Losses(int missing, int declared) {

        public static final Losses NONE = new Losses(0, 0);

        /** What one part of the log loses. */
        public static Losses of(Map<String, PolicyDeclared> logged, Wanted wanted) {
            long missing = logged.entrySet().stream()
                    .filter(entry ->
                            wanted.isGone(entry.getKey(), entry.getValue().target()))
                    .count();
            return new Losses(Math.toIntExact(missing), logged.size());
        }

        public Losses plus(Losses other) {
            return new Losses(missing + other.missing, declared + other.declared);
        }

        boolean lookLikeAMistake() {
            return declared >= GUARDED_FROM && missing * 2 > declared;
        }
    }

    /**
     * What the resources want declared.
     *
     * @param keys of all declarations
     * @param refused targets whose resource is there but may not be declared: they keep their selection, suspended
     * @param targets that are declared anywhere, to tell a move from a deletion
     */
    public record Wanted(Set<String> keys, Set<Target> refused, Set<Target> targets) {

        public static Wanted of(List<PolicyDeclared> policies, Set<Target> refused) {
            return new Wanted(
                    policies.stream().map(Declarations::key).collect(Collectors.toUnmodifiableSet()),
                    Set.copyOf(refused),
                    policies.stream().map(PolicyDeclared::target).collect(Collectors.toUnmodifiableSet()));
        }

        private boolean isGone(String key, Target target) {
            return !keys.contains(key) && !refused.contains(target) && !targets.contains(target);
        }
    }

    /**
     * Compares one part of the log, such as a partition, with what is wanted there.
     *
     * @param logged by key, what the log declares in this part
     * @param here the policies whose declarations belong in this part
     * @param wanted everywhere
     * @param losses of all parts that this replica owns
     */
    public static Plan plan(
            Map<String, PolicyDeclared> logged,
            Collection<PolicyDeclared> here,
            Wanted wanted,
            Losses losses,
            Instant now) {
        Map<String, PolicyDeclared> wantedByKey = here.stream()
                .collect(Collectors.toMap(Declarations::key, p -> p, (first, again) -> first, TreeMap::new));
        List<Publication> publications = new ArrayList<>();
        wantedByKey.forEach((key, policy) -> {
            PolicyDeclared before = logged.get(key);
            if (before == null || !declaresTheSame(before, policy)) {
                long sequence = Math.max(before == null ? 0 : before.sequence() + 1, now.toEpochMilli());
                publications.add(new Publication.Declare(policy.withSequence(sequence)));
            }
        });
        boolean guarded = losses.lookLikeAMistake();
        new TreeMap<>(logged).forEach((key, policy) -> {
            if (wantedByKey.containsKey(key)) {
                return;
            }
            boolean moved = wanted.targets().contains(policy.target());
            if (wanted.refused().contains(policy.target())) {
                if (!policy.suspended()) {
                    long sequence = Math.max(policy.sequence() + 1, now.toEpochMilli());
                    publications.add(new Publication.Declare(policy.suspend().withSequence(sequence)));
                }
            } else if (moved || !guarded) {
                // under two images a target would be decided twice
                publications.add(new Publication.Withdraw(key, moved));
            }
        });
        return guarded
                ? new Plan.Guarded(publications, losses.missing(), losses.declared())
                : new Plan.Publish(publications);
    }

    private static String key(PolicyDeclared policy) {
        return Keys.declared(policy.image(), policy.target());
    }

    /** Every write of a resource's status changes its resourceVersion and nothing that is declared. */
    private static boolean declaresTheSame(PolicyDeclared a, PolicyDeclared b) {
        return comparable(a).equals(comparable(b));
    }

    private static PolicyDeclared comparable(PolicyDeclared policy) {
        return policy.withResourceVersion("").withSequence(0);
    }
}
