package dev.tidemark.runtime.trace;

import java.time.Instant;
import java.util.List;

/** Where a service notes what it did for a fact that it is about to append: the parts of that fact's span. For any thread. */
@FunctionalInterface
public interface Steps {

    /**
     * What led to a commit that the remote has; in place of what was noted of it before.
     *
     * @param commit by which the fact names it
     */
    void ledTo(String commit, List<Step> steps);

    /**
     * A part of the work.
     *
     * @param name as in the other spans' names
     */
    record Step(String name, Instant begin, Instant end) {}
}
