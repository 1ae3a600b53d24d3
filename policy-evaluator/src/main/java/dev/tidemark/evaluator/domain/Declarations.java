package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has to be written so that the log declares what the resources say: the difference and nothing else. */
public final class Declarations {

    /** Below this many policies a deletion of more than half is everyday work and not an accident. */
    static final int GUARDED_FROM = 5;

    private Declarations() {}

    /** One record to write. */
    public sealed interface Publication {

        record Declare(PolicyDeclared policy) implements Publication {}

        record Withdraw(String key, Withdrawal why) implements Publication {}
    }

    /** What came of a comparison. */
    public sealed interface Plan {

        /** What is to be written, in this order. */
        List<Publication> publications();

        /** Targets that are not withdrawn before they are declared where they are now. */
        int early();

        record Publish(List<Publication> publications, int early) implements Plan {}

        /** More than half of the policies are gone at once: likelier a mistake than a wish, so they stay. */
        record Guarded(List<Publication> publications, int early, int missing, int declared) implements Plan {}
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
     * @param images by target that is declared anywhere, to tell a move from a deletion
     */
    public record Wanted(Set<String> keys, Set<Target> refused, Map<Target, ImageName> images) {

        public static Wanted of(List<PolicyDeclared> policies, Set<Target> refused) {
            return new Wanted(
                    policies.stream().map(Declarations::key).collect(Collectors.toUnmodifiableSet()),
                    Set.copyOf(refused),
                    policies.stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    PolicyDeclared::target, PolicyDeclared::image, (first, again) -> first)));
        }

        private boolean isGone(String key, Target target) {
            return !keys.contains(key) && !refused.contains(target) && !images.containsKey(target);
        }
    }

    /**
     * One part of the log, such as a partition.
     *
     * @param declared by key, what it declares
     * @param withdrawn by key, what it declared once and how that ended
     */
    public record Logged(Map<String, PolicyDeclared> declared, Map<String, Withdrawal> withdrawn) {}

    /**
     * Compares a part of the log with what is wanted there.
     *
     * @param here the policies whose declarations belong in this part
     * @param wanted everywhere
     * @param losses of all parts that this replica owns
     * @param past what the log tells of targets that begin here or go from here; asked once, and only where there are any
     */
    public static Plan plan(
            Logged logged,
            Collection<PolicyDeclared> here,
            Wanted wanted,
            Losses losses,
            Function<Set<Target>, Map<Target, TargetHistory>> past) {
        Map<String, PolicyDeclared> wantedByKey = here.stream()
                .collect(Collectors.toMap(Declarations::key, p -> p, (first, again) -> first, TreeMap::new));
        Map<String, ImageName> moved = moved(logged, wantedByKey.keySet(), wanted);
        Set<Target> asked = new TreeSet<>();
        wantedByKey.forEach((key, policy) -> {
            if (!logged.declared().containsKey(key)) {
                asked.add(policy.target());
            }
        });
        moved.keySet().forEach(key -> Keys.parseDeclared(key).ifPresent(one -> asked.add(one.target())));
        Map<Target, TargetHistory> histories = asked.isEmpty() ? Map.of() : past.apply(asked);

        List<Publication> publications = new ArrayList<>();
        wantedByKey.forEach((key, policy) -> {
            PolicyDeclared before = logged.declared().get(key);
            if (before == null) {
                publications.add(new Publication.Declare(
                        anew(policy, histories.getOrDefault(policy.target(), TargetHistory.NONE))));
            } else if (!declaresTheSame(before, policy)) {
                publications.add(new Publication.Declare(again(policy, before)));
            }
        });
        boolean guarded = losses.lookLikeAMistake();
        new TreeMap<>(logged.declared()).forEach((key, policy) -> {
            if (wantedByKey.containsKey(key) || moved.containsKey(key)) {
                return;
            }
            if (wanted.refused().contains(policy.target())) {
                if (!policy.suspended()) {
                    publications.add(new Publication.Declare(again(policy.suspend(), policy)));
                }
            } else if (!guarded) {
                publications.add(new Publication.Withdraw(key, new Withdrawal.Deleted()));
            }
        });
        int early = 0;
        for (Map.Entry<String, ImageName> move : new TreeMap<>(moved).entrySet()) {
            boolean declared = Keys.parseDeclared(move.getKey())
                    .filter(one -> wantedByKey.containsKey(Keys.declared(move.getValue(), one.target()))
                            || histories
                                    .getOrDefault(one.target(), TargetHistory.NONE)
                                    .isDeclared(move.getValue()))
                    .isPresent();
            if (declared) {
                publications.add(new Publication.Withdraw(move.getKey(), new Withdrawal.Moved(move.getValue())));
            } else {
                early++; // nobody would take it over: until then it stays
            }
        }
        return guarded
                ? new Plan.Guarded(publications, early, losses.missing(), losses.declared())
                : new Plan.Publish(publications, early);
    }

    /** By key, where the targets are now that were declared here: of some the log may say nothing of that yet. */
    private static Map<String, ImageName> moved(Logged logged, Set<String> here, Wanted wanted) {
        Map<String, ImageName> moved = new TreeMap<>();
        logged.declared().forEach((key, policy) -> {
            ImageName now = wanted.images().get(policy.target());
            if (now != null && !here.contains(key)) {
                moved.put(key, now);
            }
        });
        logged.withdrawn().forEach((key, why) -> Keys.parseDeclared(key).ifPresent(one -> {
            ImageName now = wanted.images().get(one.target());
            if (now != null && !here.contains(key) && !why.equals(new Withdrawal.Moved(now))) {
                moved.put(key, now);
            }
        }));
        return moved;
    }

    /** Under a key that the log does not declare. */
    private static PolicyDeclared anew(PolicyDeclared policy, TargetHistory history) {
        return policy.following(
                        history.holderBeside(policy.image()).orElse(null),
                        history.selection() == 0 ? null : history.selection())
                .withSequence(history.declaration() + 1);
    }

    private static PolicyDeclared again(PolicyDeclared policy, PolicyDeclared before) {
        return policy.following(before.movedFrom(), before.after()).withSequence(before.sequence() + 1);
    }

    private static String key(PolicyDeclared policy) {
        return Keys.declared(policy.image(), policy.target());
    }

    /** Every write of a resource's status changes its resourceVersion and nothing that is declared. */
    private static boolean declaresTheSame(PolicyDeclared a, PolicyDeclared b) {
        return comparable(a).equals(comparable(b));
    }

    private static PolicyDeclared comparable(PolicyDeclared policy) {
        return policy.withResourceVersion("").withSequence(0).following(null, null);
    }
}
