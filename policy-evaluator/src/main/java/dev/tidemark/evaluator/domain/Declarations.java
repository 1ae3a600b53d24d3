package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has to be written so that the log declares what the resources say: the difference and nothing else. */
public final class Declarations {

    private Declarations() {}

    /** One record to write. */
    public sealed interface Publication {

        record Declare(PolicyDeclared policy) implements Publication {}

        record Withdraw(String key, Withdrawal why) implements Publication {}
    }

    /**
     * What came of a comparison.
     *
     * @param publications what is to be written, in this order
     * @param early targets that are not withdrawn before they are declared where they are now
     */
    public record Plan(List<Publication> publications, Set<Target> early) {}

    /**
     * What a part of the log, such as a partition, says of some targets.
     *
     * @param declared by key, what it declares
     * @param withdrawn by key, what it declared once and how that ended
     */
    public record Logged(Map<String, PolicyDeclared> declared, Map<String, Withdrawal> withdrawn) {}

    /**
     * Compares what a part of the log says of some targets with what is wanted of them.
     *
     * @param logged of these targets, and of no others
     * @param wanted by target, of each of these
     * @param here whether declarations for an image belong in this part
     * @param past reads what the whole log tells of targets that begin here or go elsewhere; not asked for nothing
     */
    public static Plan plan(
            Logged logged,
            Map<Target, WantedPolicy> wanted,
            Predicate<ImageName> here,
            Function<Set<Target>, Map<Target, TargetHistory>> past) {
        Map<String, PolicyDeclared> declares = declares(wanted, here);
        Map<String, ImageName> moved = moved(logged, declares.keySet(), wanted);
        Map<Target, TargetHistory> histories = histories(logged, declares, moved.keySet(), past);

        List<Publication> publications = new ArrayList<>();
        declares.forEach((key, policy) -> {
            PolicyDeclared before = logged.declared().get(key);
            if (before == null) {
                publications.add(new Publication.Declare(
                        anew(policy, histories.getOrDefault(policy.target(), TargetHistory.NONE))));
            } else if (!declaresTheSame(before, policy)) {
                publications.add(new Publication.Declare(again(policy, before)));
            }
        });
        new TreeMap<>(logged.declared()).forEach((key, policy) -> {
            if (!declares.containsKey(key) && !moved.containsKey(key)) {
                ended(key, policy, wanted.getOrDefault(policy.target(), new WantedPolicy.Unknown()))
                        .ifPresent(publications::add);
            }
        });
        Set<Target> early = new TreeSet<>();
        new TreeMap<>(moved).forEach((key, now) -> Keys.parseDeclared(key).ifPresent(one -> {
            if (declares.containsKey(Keys.declared(now, one.target()))
                    || histories.getOrDefault(one.target(), TargetHistory.NONE).isDeclared(now)) {
                publications.add(new Publication.Withdraw(key, new Withdrawal.Moved(now)));
            } else {
                early.add(one.target()); // nobody would take it over: until then it stays
            }
        }));
        return new Plan(List.copyOf(publications), Set.copyOf(early));
    }

    /** By key, what belongs in this part. */
    private static Map<String, PolicyDeclared> declares(Map<Target, WantedPolicy> wanted, Predicate<ImageName> here) {
        Map<String, PolicyDeclared> declares = new TreeMap<>();
        wanted.values().forEach(one -> {
            if (one instanceof WantedPolicy.Declares(PolicyDeclared policy) && here.test(policy.image())) {
                declares.put(Keys.declared(policy.image(), policy.target()), policy);
            }
        });
        return declares;
    }

    /** By key, where the targets are now that were declared here: of some the log may say nothing of that yet. */
    private static Map<String, ImageName> moved(Logged logged, Set<String> here, Map<Target, WantedPolicy> wanted) {
        Map<String, ImageName> moved = new TreeMap<>();
        logged.declared().forEach((key, policy) -> image(wanted.get(policy.target()))
                .filter(now -> !here.contains(key))
                .ifPresent(now -> moved.put(key, now)));
        logged.withdrawn().forEach((key, why) -> Keys.parseDeclared(key)
                .flatMap(one -> image(wanted.get(one.target())))
                .filter(now -> !here.contains(key) && !why.equals(new Withdrawal.Moved(now)))
                .ifPresent(now -> moved.put(key, now)));
        return moved;
    }

    private static Optional<ImageName> image(@Nullable WantedPolicy wanted) {
        return wanted instanceof WantedPolicy.Declares(PolicyDeclared policy)
                ? Optional.of(policy.image())
                : Optional.empty();
    }

    private static Map<Target, TargetHistory> histories(
            Logged logged,
            Map<String, PolicyDeclared> declares,
            Set<String> moved,
            Function<Set<Target>, Map<Target, TargetHistory>> past) {
        Set<Target> asked = new TreeSet<>();
        declares.forEach((key, policy) -> {
            if (!logged.declared().containsKey(key)) {
                asked.add(policy.target());
            }
        });
        moved.forEach(key -> Keys.parseDeclared(key).ifPresent(one -> asked.add(one.target())));
        return asked.isEmpty() ? Map.of() : past.apply(asked);
    }

    /** What becomes of a declaration that the resources do not make any more. */
    private static Optional<Publication> ended(String key, PolicyDeclared logged, WantedPolicy wanted) {
        return switch (wanted) {
            case WantedPolicy.Kept kept
            when Metadata.areTwo(logged.uid(), kept.uid()) ->
                Optional.of(new Publication.Withdraw(key, new Withdrawal.Deleted()));
            case WantedPolicy.Kept kept ->
                logged.suspended()
                        ? Optional.empty()
                        : Optional.of(new Publication.Declare(again(logged.suspend(), logged)));
            case WantedPolicy.Nothing nothing -> Optional.of(new Publication.Withdraw(key, new Withdrawal.Deleted()));
            case WantedPolicy.Unknown unknown -> Optional.empty();
            case WantedPolicy.Declares elsewhere -> Optional.empty();
        };
    }

    /** Under a key that the log does not declare. */
    private static PolicyDeclared anew(PolicyDeclared policy, TargetHistory history) {
        return policy.following(
                        history.holderBeside(policy.image()).orElse(null),
                        history.selection() == 0 ? null : history.selection())
                .withSequence(history.declaration() + 1);
    }

    private static PolicyDeclared again(PolicyDeclared policy, PolicyDeclared before) {
        return identified(policy, before)
                .following(before.movedFrom(), before.after())
                .withSequence(before.sequence() + 1);
    }

    /** Which object it is stays known when a source does not say. */
    private static PolicyDeclared identified(PolicyDeclared policy, PolicyDeclared before) {
        return policy.uid().isEmpty() ? policy.readFrom(before.uid(), policy.resourceVersion()) : policy;
    }

    /** Every write of a resource's status changes its resourceVersion and nothing that is declared. */
    private static boolean declaresTheSame(PolicyDeclared before, PolicyDeclared policy) {
        return comparable(before).equals(comparable(identified(policy, before)));
    }

    private static PolicyDeclared comparable(PolicyDeclared policy) {
        return policy.readFrom(policy.uid(), "").withSequence(0).following(null, null);
    }
}
