package dev.tidemark.policies.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision with what belongs to it.
 *
 * @param standing to be kept for the next question; nothing when the old one stays as it is
 * @param remarks why this tag and why not those above it or the one that was added, best first, at most
 *     {@link #MAX_REMARKS}
 * @param lookAgainAt when time alone may change the answer: ask then with the same standing and, for a
 *     tag that was too young, with {@link Candidates.Added}
 * @param turnedAway every tag that would be chosen over the selection but for an annotation, not only those with a
 *     remark: give them with the next question in {@link Candidates.Several}
 */
public record Outcome(
        Decision decision,
        Optional<Standing> standing,
        List<Remark> remarks,
        Optional<Instant> lookAgainAt,
        List<String> turnedAway) {

    /** Enough for a person; a flood of young tags must not flood the log. */
    public static final int MAX_REMARKS = 20;
}
