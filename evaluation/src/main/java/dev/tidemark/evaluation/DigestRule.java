package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import dev.tidemark.policies.select.DigestReflection;
import dev.tidemark.policies.select.DigestReflection.Ref;
import dev.tidemark.policies.select.DigestReflection.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an ImagePolicy's selection carries a digest, and which (flux-git-based 11). */
public final class DigestRule {

    public static final String ALWAYS = "Always";

    public static final String NEVER = "Never";

    private static final String IF_NOT_PRESENT = "IfNotPresent";

    /** All that this build knows. */
    static final Set<String> NAMES = Set.of(ALWAYS, IF_NOT_PRESENT, NEVER);

    /** What Flux takes for an interval of zero, and a provider without one (flux-git-based 5.1, flux-gitless 0.1). */
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);

    private final PolicyDeclared declared;
    private final TagStore store;
    private final DigestReflection reflection;

    DigestRule(PolicyDeclared declared, TagStore store) {
        this.declared = declared;
        this.store = store;
        this.reflection = switch (declared.digestReflection()) {
            case ALWAYS -> DigestReflection.ALWAYS;
            case IF_NOT_PRESENT -> DigestReflection.IF_NOT_PRESENT;
            default -> DigestReflection.NEVER;
        };
    }

    /** The tag as it is to be published, or nothing while its digest has to be asked for. */
    Optional<SelectedTag> reflect(String tag, PolicyState state, Instant now) {
        return switch (reflection.digestOf(ref(state), declared.name(), tag)) {
            case Source.None() -> Optional.of(new SelectedTag(tag, null));
            case Source.Kept(String digest) -> Optional.of(new SelectedTag(tag, digest));
            case Source.Fetch() ->
                store.find(declared.feed(), tag)
                        .filter(known -> isFresh(known, now) || isAnswer(known, tag) || isWatched(tag, state))
                        .flatMap(known -> Optional.ofNullable(known.digest()))
                        .map(digest -> new SelectedTag(tag, digest));
        };
    }

    /** What was asked for is as young as the request. */
    private boolean isAnswer(KnownTag known, String tag) {
        return known.answered() && store.wanted(declared.feed(), tag).isPresent();
    }

    private static boolean isFresh(KnownTag known, Instant now) {
        Instant seen = known.digestSeen();
        return seen != null && DigestFacts.isFresh(seen, now);
    }

    /** What {@code Always} publishes is checked every interval: that is how old its digest may be. */
    private boolean isWatched(String tag, PolicyState state) {
        return reflection == DigestReflection.ALWAYS
                && state.selectedTag().filter(tag::equals).isPresent();
    }

    private static @Nullable Ref ref(PolicyState state) {
        return state.selection().isEmpty()
                ? null
                : new Ref(
                        state.name(),
                        state.selection().getFirst().tag(),
                        state.selection().getFirst().digest());
    }

    /** How often the digest of what the policy selects is to be checked; nothing when it is not. */
    static Optional<Duration> watchInterval(PolicyDeclared declared) {
        Duration interval = declared.interval();
        if (declared.rule() instanceof PolicyRule.TagList) {
            return Optional.of(interval == null ? DEFAULT_INTERVAL : interval);
        }
        if (!declared.digestReflection().equals(ALWAYS) || interval == null) {
            return Optional.empty();
        }
        return Optional.of(interval.isZero() ? DEFAULT_INTERVAL : interval);
    }
}
