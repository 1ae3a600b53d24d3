package dev.tidemark.evaluation.history;

import java.time.Instant;

/**
 * What a range is of.
 *
 * @param evaluator the version of the one that exported it
 * @param partitions how many each topic has
 * @param from records of this time and later are all there; of those before it the newest of each key
 * @param since what was asked for: between {@code from} and this time a replay finds its way into the history
 * @param until when it was exported
 */
public record RangeHeader(
        String cluster, String evaluator, int partitions, Instant from, Instant since, Instant until) {

    public RangeHeader {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("a log has 1 to " + MAX_PARTITIONS + " partitions, not " + partitions);
        }
        if (from.isAfter(since) || since.isAfter(until)) {
            throw new IllegalArgumentException(
                    "from, since and until follow one another, not " + from + ", " + since + ", " + until);
        }
    }

    /** Far more than a broker serves well for one topic; a header is data of others. */
    private static final int MAX_PARTITIONS = 10_000;
}
