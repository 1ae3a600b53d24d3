package dev.tidemark.policies.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision with what belongs to it.
 *
 * @param selector to be kept for the next decision; nothing when the old one stays as it is
 * @param remarks why this tag and why not those above it or the one that was added, best first, at most
 *     {@link #MAX_REMARKS}
 * @param evaluateAgainAt when time alone may change the decision: decide then with the same state and, for a
 *     tag that was too young, with {@link Candidates.Added}
 * @param turnedAway every tag asked about that would be chosen over the selection but for an annotation, best first, not
 *     only those with a remark: give them with the next input in {@link Candidates.Several}. One that waits until a time
 *     need not be among them before, unless it is one of the first {@link #MAX_REMARKS}, or its facts changed, or what is
 *     published did and a gate looks at the step
 */
public record Outcome(
        Decision decision,
        Optional<SelectorState> selector,
        List<Remark> remarks,
        Optional<Instant> evaluateAgainAt,
        List<Remark> turnedAway) {

    /** Enough for a person; a flood of young tags must not flood the log. */
    public static final int MAX_REMARKS = 20;
}
