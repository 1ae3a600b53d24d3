package dev.tidemark.flux;

/** Annotations by which people and other controllers steer when an object is reconciled. */
public final class ReconcileAnnotations {

    /** Asks for a run; its value is answered in the status as {@code lastHandledReconcileAt} (flux-git-based 2). */
    public static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private ReconcileAnnotations() {}
}
