package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.TargetHistory;
import dev.tidemark.events.Target;
import java.util.Map;
import java.util.Set;

/** What the whole log tells of targets that move, or begin. */
@FunctionalInterface
public interface TargetHistories {

    /** Reads the log to where it ends now, which may take a while; a target that it knows nothing of may be left out. */
    Map<Target, TargetHistory> of(Set<Target> targets);
}
