package dev.tidemark.renderer.domain.status;

import java.time.Instant;

/** What a run over a ResourceSet came to, as far as its status says so (flux-gitless 2.12). */
public sealed interface SetOutcome {

    /** Objects are about to be applied; of readiness that says nothing new. */
    record Begun() implements SetOutcome {}

    /** Objects are applied, and not all of them are healthy yet. */
    record Progressing(String message) implements SetOutcome {}

    /** All is as wanted. */
    record Succeeded(String revision, String message) implements SetOutcome {}

    /** Only a change of the set, or of what it refers to, helps. */
    record Refused(String message) implements SetOutcome {
        public static final String REASON = "BuildFailed";
    }

    /** An expression of the set is none. */
    record InvalidExpression(String message) implements SetOutcome {
        public static final String REASON = "InvalidCELExpression";
    }

    /** It refers to what it may not. */
    record AccessDenied(String message) implements SetOutcome {
        public static final String REASON = "AccessDenied";
    }

    /** What the set depends on is not there, or not ready. */
    record DependencyNotReady(String message) implements SetOutcome {
        public static final String REASON = "DependencyNotReady";
    }

    /** It is tried again. */
    record Failed(String message, Instant nextTry) implements SetOutcome {
        public static final String REASON = "ReconciliationFailed";
    }

    /** Nothing can be done before a provider's selection is known. */
    record Waiting(String message) implements SetOutcome {}
}
