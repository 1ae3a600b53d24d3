package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tenure;
import dev.tidemark.evaluation.table.Tenure.Stage;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may write for a target that moves between images: one partition at a time. Whoever withdraws it hands it over, once,
 * and writes nothing for it from then on; whoever has it declared writes nothing before. See ADR 27.
 */
public final class Tenures {

    /**
     * Two withdrawals may point at each other while edits follow one another quickly and a task is behind. What goes round
     * and round rests now and then.
     */
    static final int MAX_HOPS = 16;

    public static final Duration REST = Duration.ofSeconds(10);

    /** Far longer than an evaluator that has to hand something over is away; small entries, of policies that went. */
    static final Duration RETENTION = Duration.ofDays(30);

    /** Shorter than the log keeps who had a target: what was deleted there, too, is handed over by nobody. */
    static final Duration RETENTION_WAITING = Duration.ofHours(1);

    private final Table<Tenure> table;

    /** By target, where state is built anew from the log: the last sequence that it shows. */
    private Map<String, Long> shown = Map.of();

    Tenures(Table<Tenure> table) {
        this.table = table;
    }

    /** What follows from a withdrawal or a hand-over. */
    sealed interface Effect {

        record Nothing() implements Effect {}

        /** The policy may decide now. */
        record Opens() implements Effect {}

        /** Somebody wrote meanwhile: what is selected here is to be written behind it. */
        record SelectsAgain() implements Effect {}

        record HandsOver(PolicyHandedOver event) implements Effect {}

        /** The target is gone, and its selection with it. */
        record Deletes(Target target) implements Effect {}
    }

    private static final Effect NOTHING = new Effect.Nothing();

    void continueBehind(Map<String, Long> sequences) {
        shown = Map.copyOf(sequences);
    }

    /** Whether the policy has to wait until it is handed over. */
    boolean isWaiting(String key) {
        Tenure tenure = table.get(key);
        return tenure != null && (!tenure.held() || tenure.isOfANewerBuild());
    }

    /** The sequence that the policy's selections continue behind, beside its own. */
    long sequence(String key) {
        Tenure tenure = table.get(key);
        return tenure == null ? 0 : tenure.sequence();
    }

    boolean knows(String key) {
        return table.get(key) != null;
    }

    /** When to think again of a target that is not declared here any more. */
    Duration retention(String key) {
        Tenure tenure = table.get(key);
        if (tenure == null) {
            return RETENTION;
        }
        return switch (tenure.stage()) {
            case DECLARED, EXPECTED, UNKNOWN -> RETENTION;
            case DELETED -> tenure.held() ? RETENTION : RETENTION_WAITING;
            case MOVED -> tenure.held() ? REST : RETENTION;
        };
    }

    /** The time has come to think again of a target that is not declared here: it goes on, or is forgotten. */
    Effect due(Keys.Declared declared) {
        String key = Keys.declared(declared.image(), declared.target());
        Tenure tenure = table.get(key);
        if (tenure != null && tenure.held() && tenure.movedTo() != null) {
            return moved(declared, tenure.movedTo(), tenure, new Place(key, 0));
        }
        if (tenure == null || !tenure.isOfANewerBuild()) {
            table.delete(key);
        }
        return NOTHING;
    }

    /** A policy is declared that was not before. */
    void declared(PolicyDeclared policy) {
        String key = Keys.declared(policy.image(), policy.target());
        Tenure before = table.get(key);
        if (before != null && before.isOfANewerBuild()) {
            return;
        }
        // who was deleted while it waited still does: what it waited for is under way
        boolean waits = policy.movedFrom() != null || (before != null && before.stage() == Stage.DELETED);
        boolean held = (before != null && before.held()) || !waits;
        long known = Math.max(
                before == null ? 0 : before.sequence(),
                shown.getOrDefault(policy.target().text(), 0L));
        long sequence = Math.max(known, Objects.requireNonNullElse(policy.after(), 0L));
        if (held && sequence == 0) {
            table.delete(key);
        } else {
            table.put(key, new Tenure(held, sequence, Stage.DECLARED, null));
        }
    }

    /**
     * A declaration is taken back.
     *
     * @param sequence of the last selection here; null where the policy was not declared
     */
    Effect withdrawn(Keys.Declared declared, @Nullable Long sequence, Withdrawal why) {
        String key = Keys.declared(declared.image(), declared.target());
        Tenure known = known(key, sequence);
        if (known != null && known.isOfANewerBuild()) {
            table.put(key, known);
            return NOTHING;
        }
        return switch (why) {
            case Withdrawal.Deleted deleted -> deleted(declared.target(), key, known);
            case Withdrawal.Moved(ImageName to) ->
                to == null ? letGo(key, known) : moved(declared, to, known, new Place(key, 0));
        };
    }

    private @Nullable Tenure known(String key, @Nullable Long sequence) {
        Tenure kept = table.get(key);
        if (sequence == null) {
            return kept;
        }
        return (kept == null ? new Tenure(true, 0, Stage.DECLARED, null) : kept)
                .holding(kept == null || kept.held(), sequence);
    }

    private Effect deleted(Target target, String key, @Nullable Tenure known) {
        if (known == null) {
            return NOTHING;
        }
        boolean again = known.stage() == Stage.DELETED;
        table.put(key, known.at(Stage.DELETED));
        return known.held() && !again ? new Effect.Deletes(target) : NOTHING;
    }

    /** An older evaluator did not say where to: somebody will. */
    private Effect letGo(String key, @Nullable Tenure known) {
        if (known != null) {
            table.put(key, known.at(Stage.EXPECTED));
        }
        return NOTHING;
    }

    private record Place(String key, int hops) {}

    private Effect moved(Keys.Declared declared, ImageName to, @Nullable Tenure known, Place place) {
        table.put(place.key(), (known == null ? new Tenure(false, 0, Stage.MOVED, to) : known).movedTo(to));
        return known == null || known.held()
                ? new Effect.HandsOver(new PolicyHandedOver(
                        declared.target(), to, declared.image(), known == null ? null : known.sequence(), place.hops()))
                : NOTHING;
    }

    /**
     * A target was handed over.
     *
     * @param policy that is declared here under this key; null while none is
     */
    Effect arrived(PolicyHandedOver event, @Nullable PolicyDeclared policy) {
        String key = Keys.declared(event.image(), event.target());
        Tenure before = table.get(key);
        Long said = event.sequence();
        long sequence = said == null ? 0 : said;
        if (before != null && before.isOfANewerBuild()) {
            table.put(key, before.holding(before.held(), sequence));
            return NOTHING;
        }
        if (policy != null) {
            return arrivedAtPolicy(event, policy, before, sequence);
        }
        if (before == null) {
            table.put(key, new Tenure(true, sequence, Stage.EXPECTED, null));
            return NOTHING;
        }
        Tenure now = before.holding(true, sequence);
        table.put(key, now);
        return switch (before.stage()) {
            case DECLARED, EXPECTED, UNKNOWN -> NOTHING;
            // what was written meanwhile goes, too
            case DELETED -> sequence > 0 ? new Effect.Deletes(event.target()) : NOTHING;
            case MOVED ->
                now.movedTo() != null && event.hops() < MAX_HOPS
                        ? moved(
                                new Keys.Declared(event.image(), event.target()),
                                now.movedTo(),
                                now,
                                new Place(key, event.hops() + 1))
                        : NOTHING;
        };
    }

    private Effect arrivedAtPolicy(
            PolicyHandedOver event, PolicyDeclared policy, @Nullable Tenure before, long sequence) {
        String key = Keys.declared(event.image(), event.target());
        if (before != null && !before.held()) {
            // who knows nothing of the target cannot say that nobody else has it
            if (event.sequence() == null && !event.from().equals(policy.movedFrom())) {
                return NOTHING;
            }
            table.put(key, before.holding(true, sequence));
            return new Effect.Opens();
        }
        if (sequence == 0) {
            return NOTHING;
        }
        Tenure held = before == null ? new Tenure(true, 0, Stage.DECLARED, null) : before;
        table.put(key, held.holding(true, sequence));
        return new Effect.SelectsAgain();
    }
}
