package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes up what is declared, away from the thread that tells of it: conditions are compiled and statuses are written
 * here. Changes that come meanwhile are one more run.
 */
public final class ResourcesReconciler implements Reconciler<String> {

    /** The one key: all resources together. */
    public static final String RESOURCES = "resources";

    private static final System.Logger LOG = System.getLogger(ResourcesReconciler.class.getName());

    private final Supplier<ResourceSnapshot> resources;
    private final List<Consumer<ResourceSnapshot>> listeners;

    /** @param listeners called one after the other with each newest state; one that fails keeps it from no other */
    public ResourcesReconciler(Supplier<ResourceSnapshot> resources, List<Consumer<ResourceSnapshot>> listeners) {
        this.resources = resources;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public ReconcileResult reconcile(String key, Run run) {
        return tell(resources.get()) == null ? new ReconcileResult.AwaitChange() : new ReconcileResult.Retry();
    }

    /** Also without a loop: before anything else starts. The first fault, null when there was none. */
    public @Nullable Throwable tell(ResourceSnapshot snapshot) {
        Throwable first = null;
        for (Consumer<ResourceSnapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException | Error fault) {
                Faults.rethrowFatal(fault);
                first = first == null ? fault : first;
                log(fault);
            }
        }
        return first;
    }

    private static void log(Throwable fault) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("resources-retrying", LogKeys.REASON, String.valueOf(fault.getMessage())),
                fault);
    }

    @Override
    public void failed(String key, Throwable fault, Run run) {
        log(fault);
    }
}
