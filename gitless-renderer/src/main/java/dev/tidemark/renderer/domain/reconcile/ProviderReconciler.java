package dev.tidemark.renderer.domain.reconcile;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.policies.inputs.ExportedInputs;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps a provider's status: what it exports, and why not (flux-gitless 1.11, 1.14). */
public final class ProviderReconciler {

    private static final ResourceSetInputProviderStatus NONE =
            new ResourceSetInputProviderStatus(List.of(), List.of(), null, null, null, null);

    private final ProviderLog log;
    private final StatusStore statuses;
    private final Clock clock;

    public ProviderReconciler(ProviderLog log, StatusStore statuses, Clock clock) {
        this.log = log;
        this.statuses = statuses;
        this.clock = clock;
    }

    /** Writes the status if something changed. A suspended provider keeps the one it has. */
    public void reconcile(Resource<ResourceSetInputProviderSpec> provider) {
        if (Annotations.suspended(provider)) {
            return;
        }
        var before = statuses.read(provider.id(), ResourceSetInputProviderStatus.class)
                .orElse(NONE);
        ProviderFacts facts = log.facts(provider.namespace(), provider.name());
        ProviderState state = ProviderState.of(provider, facts);
        ExportedInputs inputs = state.inputs();
        statuses.write(
                provider,
                new ResourceSetInputProviderStatus(
                        conditions(provider, before.conditions(), state, facts),
                        inputs == null ? before.exportedInputs() : exported(inputs),
                        inputs == null ? before.lastExportedRevision() : inputs.revision(),
                        inSeconds(
                                facts.poll() == null
                                        ? null
                                        : facts.poll().scan().startedAt()),
                        inSeconds(nextPoll(facts)),
                        Annotations.requestedAt(provider)));
    }

    /** Says that a pass came to no end of its own; what is exported stays. */
    public void failed(Resource<ResourceSetInputProviderSpec> provider, String message, Instant nextTry) {
        var before = statuses.read(provider.id(), ResourceSetInputProviderStatus.class)
                .orElse(NONE);
        Conditions conditions =
                Conditions.after(before.conditions(), provider.metadata().generation(), clock.instant());
        statuses.write(
                provider,
                new ResourceSetInputProviderStatus(
                        conditions.retrying("ReconciliationFailed", message, nextTry),
                        before.exportedInputs(),
                        before.lastExportedRevision(),
                        before.lastPollTime(),
                        before.nextPollTime(),
                        before.lastHandledReconcileAt()));
    }

    private List<Condition> conditions(
            Resource<ResourceSetInputProviderSpec> provider,
            List<Condition> before,
            ProviderState state,
            ProviderFacts facts) {
        Conditions conditions = Conditions.after(before, provider.metadata().generation(), clock.instant());
        return switch (state) {
            case ProviderState.Exporting exporting ->
                conditions.succeeded(exporting.reason(), "Reconciliation finished: " + exporting.message());
            case ProviderState.Waiting waiting -> conditions.awaiting(waiting.message());
            case ProviderState.Failing failing ->
                conditions.retrying(
                        "ReconciliationFailed",
                        failing.message(),
                        facts.failure() == null ? null : facts.failure().nextTry());
            case ProviderState.Refused refused -> conditions.stalled(refused.reason(), refused.message());
        };
    }

    /** A failure is newer than the last good scan. */
    private static @Nullable Instant nextPoll(ProviderFacts facts) {
        if (facts.failure() != null) {
            return facts.failure().nextTry();
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
