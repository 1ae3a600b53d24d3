package dev.tidemark.committer.domain;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A commit that was found at the remote, with what its header says of how it was made (ADR 11).
 *
 * @param automation {@code namespace/name}; empty where the header does not say
 * @param selections sequences by target; empty for a commit that is not Tidemark's
 */
public record FoundCommit(String id, String message, Instant time, String automation, Map<String, Long> selections) {

    /** Headers are written by us, and may be written by anybody: what is no {@code target@sequence} is left out. */
    public static Map<String, Long> selections(String header) {
        Map<String, Long> selections = new TreeMap<>();
        for (String part : header.strip().split(" ", -1)) {
            int at = part.lastIndexOf('@');
            if (at > 0) {
                try {
                    selections.merge(part.substring(0, at), Long.valueOf(part.substring(at + 1)), Math::max);
                } catch (NumberFormatException notOurs) {
                    // left out
                }
            }
        }
        return selections;
    }

    public boolean isOurs() {
        return !selections.isEmpty();
    }
}
