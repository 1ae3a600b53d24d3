package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ProviderState;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a provider's status: what it exports, and why not (flux-gitless 1.11, 1.14). */
final class ProviderReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(ProviderReconciler.class.getName());

    private static final ResourceSetInputProviderStatus NONE =
            new ResourceSetInputProviderStatus(List.of(), List.of(), null, null, null, null);

    private final ResourceSource resources;
    private final ProviderLog log;
    private final StatusStore statuses;
    private final Served served;
    private final Clock clock;

    ProviderReconciler(ResourceSource resources, ProviderLog log, StatusStore statuses, Served served, Clock clock) {
        this.resources = resources;
        this.log = log;
        this.statuses = statuses;
        this.served = served;
        this.clock = clock;
    }

    /** Writes the status if something changed. A suspended provider keeps the one it has. */
    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) throws InterruptedException {
        Optional<ResourceShard> shard = served.shard(id);
        if (shard.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        Optional<Resource<ResourceSetInputProviderSpec>> found = declared(id);
        if (found.isPresent() && Annotations.suspended(found.get())) {
            return new ReconcileResult.AwaitChange();
        }
        Optional<ProviderFacts> facts = found.map(log::facts);
        Optional<ResourceSetInputProviderStatus> status =
                found.flatMap(provider -> facts.map(known -> status(provider, known)));
        BatchFence fence = served.fence(shard.get());
        fence.require(() -> Objects.equals(declared(id), found) && Objects.equals(found.map(log::facts), facts));
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        if (found.isEmpty() || status.isEmpty()) {
            statuses.remove(id);
            return new ReconcileResult.Gone();
        }
        statuses.write(found.get(), status.get());
        return new ReconcileResult.AwaitChange();
    }

    private Optional<Resource<ResourceSetInputProviderSpec>> declared(ResourceId id) {
        return resources.current().find(Kinds.RESOURCE_SET_INPUT_PROVIDER, id.namespace(), id.name());
    }

    private ResourceSetInputProviderStatus before(ResourceId id) {
        return statuses.read(id, ResourceSetInputProviderStatus.class).orElse(NONE);
    }

    private ResourceSetInputProviderStatus status(
            Resource<ResourceSetInputProviderSpec> provider, ProviderFacts facts) {
        var before = before(provider.id());
        ProviderState state = ProviderState.of(provider, facts);
        ExportedInputs inputs = state.inputs();
        return new ResourceSetInputProviderStatus(
                conditions(provider, before.conditions(), state, facts),
                inputs == null ? before.exportedInputs() : exported(inputs),
                inputs == null ? before.lastExportedRevision() : inputs.revision(),
                inSeconds(facts.poll() == null ? null : facts.poll().scan().startedAt()),
                inSeconds(nextPoll(facts)),
                Annotations.requestedAt(provider));
    }

    /** What is exported stays. */
    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("reconcile-failed", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
        Optional<ResourceShard> shard = served.shard(id);
        Optional<Resource<ResourceSetInputProviderSpec>> provider = declared(id);
        try {
            if (shard.isPresent()
                    && provider.isPresent()
                    && served.fence(shard.get()).allows()) {
                statuses.write(provider.get(), failing(provider.get(), FaultText.of(fault), run.nextTry()));
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }

    private ResourceSetInputProviderStatus failing(
            Resource<ResourceSetInputProviderSpec> provider, String message, Instant nextTry) {
        var before = before(provider.id());
        Conditions conditions =
                Conditions.after(before.conditions(), provider.metadata().generation(), clock.instant());
        return new ResourceSetInputProviderStatus(
                conditions.retrying("ReconciliationFailed", message, nextTry),
                before.exportedInputs(),
                before.lastExportedRevision(),
                before.lastPollTime(),
                before.nextPollTime(),
                before.lastHandledReconcileAt());
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
