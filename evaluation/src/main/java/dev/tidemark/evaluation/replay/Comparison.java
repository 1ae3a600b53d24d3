package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.replay.Replay.Difference;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two series of decisions, target by target. */
final class Comparison {

    private Comparison() {}

    static List<Difference> differences(List<PolicyDecided> recorded, List<PolicyDecided> replayed, Instant since) {
        Map<Target, List<PolicyDecided>> one = byTarget(recorded, since);
        Map<Target, List<PolicyDecided>> other = byTarget(replayed, since);
        var targets = new TreeSet<>(one.keySet());
        targets.addAll(other.keySet());
        List<Difference> differences = new ArrayList<>();
        for (Target target : targets) {
            List<PolicyDecided> a = one.getOrDefault(target, List.of());
            List<PolicyDecided> b = other.getOrDefault(target, List.of());
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                PolicyDecided before = i < a.size() ? a.get(i) : null;
                PolicyDecided after = i < b.size() ? b.get(i) : null;
                if (!alike(before, after)) {
                    differences.add(new Difference(target.text(), before, after));
                    break; // what follows differs because of this
                }
            }
        }
        return differences;
    }

    private static Map<Target, List<PolicyDecided>> byTarget(List<PolicyDecided> decisions, Instant since) {
        Map<Target, List<PolicyDecided>> byTarget = new TreeMap<>();
        decisions.stream()
                .filter(decided -> !decided.decidedAt().isBefore(since))
                .forEach(decided -> byTarget.computeIfAbsent(decided.target(), target -> new ArrayList<>())
                        .add(decided));
        return byTarget;
    }

    /** Alike in all that somebody acts on or reads; the clock and the version may differ. */
    private static boolean alike(@Nullable PolicyDecided a, @Nullable PolicyDecided b) {
        return a != null
                && b != null
                && a.outcome() == b.outcome()
                && a.reason().equals(b.reason())
                && a.message().equals(b.message())
                && a.selection().equals(b.selection())
                && a.previous().equals(b.previous());
    }
}
