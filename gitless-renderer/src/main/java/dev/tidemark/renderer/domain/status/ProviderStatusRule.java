package dev.tidemark.renderer.domain.status;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.schema.FieldSupport;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status of a ResourceSetInputProvider: what it exports, and why not (flux-gitless 1.11, 1.14). */
public final class ProviderStatusRule {

    private static final ResourceSetInputProviderStatus NONE =
            new ResourceSetInputProviderStatus(List.of(), List.of(), null, null, null, null);

    private static final String FAILED = "ReconciliationFailed";

    private ProviderStatusRule() {}

    /** It stands as the log says. */
    public static StatusRule<ResourceSetInputProviderStatus> of(
            Resource<ResourceSetInputProviderSpec> provider, ProviderFacts facts, Instant now) {
        ProviderState state = ProviderState.of(provider, facts);
        return found -> {
            var before = found.orElse(NONE);
            ExportedInputs inputs = state.inputs();
            return new ResourceSetInputProviderStatus(
                    conditions(provider, state, nextTry(facts, now), after(before, provider, now)),
                    inputs == null ? before.exportedInputs() : exported(inputs),
                    inputs == null ? before.lastExportedRevision() : inputs.revision(),
                    inSeconds(facts.poll() == null ? null : facts.poll().scan().startedAt()),
                    inSeconds(nextPoll(facts, now)),
                    Annotations.requestedAt(provider));
        };
    }

    /** It could not be judged, and is tried again; what is exported stays. */
    public static StatusRule<ResourceSetInputProviderStatus> failing(
            Resource<ResourceSetInputProviderSpec> provider, String message, Instant nextTry, Instant now) {
        return found -> {
            var before = found.orElse(NONE);
            return new ResourceSetInputProviderStatus(
                    after(before, provider, now).retrying(FAILED, message, nextTry),
                    before.exportedInputs(),
                    before.lastExportedRevision(),
                    before.lastPollTime(),
                    before.nextPollTime(),
                    before.lastHandledReconcileAt());
        };
    }

    private static Conditions after(
            ResourceSetInputProviderStatus before, Resource<ResourceSetInputProviderSpec> provider, Instant now) {
        return Conditions.after(before.conditions(), provider.metadata().generation(), now);
    }

    private static List<Condition> conditions(
            Resource<ResourceSetInputProviderSpec> provider,
            ProviderState state,
            @Nullable Instant nextTry,
            Conditions conditions) {
        return switch (state) {
            case ProviderState.Exporting exporting ->
                conditions.succeeded(
                        exporting.reason(), "Reconciliation finished: " + exporting.message() + leftOut(provider));
            case ProviderState.Waiting waiting -> conditions.awaiting(waiting.message() + leftOut(provider));
            case ProviderState.Failing failing -> conditions.retrying(FAILED, failing.message(), nextTry);
            case ProviderState.Refused refused -> conditions.stalled(refused.reason(), refused.message());
        };
    }

    /** Who restricts updates to a window must not believe that it is kept (flux-gitless 1.10). */
    private static String leftOut(Resource<ResourceSetInputProviderSpec> provider) {
        return provider.spec().schedule() == null || provider.spec().schedule().isEmpty()
                ? ""
                : FieldSupport.of(provider.kind(), "spec.schedule")
                        .map(note -> "; " + note.path() + " is left out: " + note.why())
                        .orElse("");
    }

    /**
     * When what fails is tried again, null where that is not known: the log has the first try of many, which do not differ, and
     * that is said no longer than it is true.
     */
    public static @Nullable Instant nextTry(ProviderFacts facts, Instant now) {
        Instant next = facts.failure() == null ? null : facts.failure().nextTry();
        return next == null || !next.isAfter(now) ? null : next;
    }

    /** A failure is newer than the last good scan. */
    private static @Nullable Instant nextPoll(ProviderFacts facts, Instant now) {
        if (facts.failure() != null) {
            return nextTry(facts, now);
        }
        return facts.poll() == null ? null : facts.poll().nextDue();
    }

    private static @Nullable Instant inSeconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A status has no place for a null member: it is left out, which templates read in the same way. */
    private static List<Map<String, Object>> exported(ExportedInputs inputs) {
        List<Map<String, Object>> sets = new ArrayList<>();
        for (Map<String, @Nullable Object> set : inputs.inputs()) {
            Map<String, Object> copy = new LinkedHashMap<>();
            set.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key, value);
                }
            });
            sets.add(copy);
        }
        return sets;
    }
}
