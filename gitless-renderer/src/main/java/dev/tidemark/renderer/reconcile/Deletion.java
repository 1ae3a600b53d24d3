package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.source.Problem.Severity;

/** Whether what is missing in a snapshot is really gone. */
final class Deletion {

    private Deletion() {}

    /** Whether everything could be read: what cannot be read never means deletion. */
    static boolean isCertain(ResourceSnapshot snapshot) {
        return snapshot.problems().stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
