package dev.tidemark.renderer.domain;

import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What ResourceSets and providers are told by annotations (flux-gitless 1.12). */
public final class Annotations {

    /** How often a ResourceSet is reconciled when nothing happens. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(60);

    private static final String PREFIX = "fluxcd.controlplane.io/";

    private Annotations() {}

    /** Nothing may be done with the resource. */
    public static boolean suspended(Resource<?> resource) {
        return resource.annotation(PREFIX + "reconcile").equalsIgnoreCase("disabled");
    }

    /** The value to be echoed in {@code status.lastHandledReconcileAt}, null without one. */
    public static @Nullable String requestedAt(Resource<?> resource) {
        String value = resource.annotation(ReconcileAnnotations.REQUESTED_AT);
        return value.isEmpty() ? null : value;
    }

    /** Time between two reconciliations; an unreadable annotation counts as absent, zero or less means only when woken. */
    public static Duration interval(Resource<?> resource) {
        Duration interval =
                GoDuration.read(resource.annotation(PREFIX + "reconcileEvery")).orElse(DEFAULT_INTERVAL);
        return interval.isNegative() ? Duration.ZERO : interval;
    }
}
