package dev.tidemark.evaluation.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one tag of a feed.
 *
 * @param digestSeen when the registry last said so, in seconds and never later than this evaluator heard of it; null without
 *     a digest
 * @param digestMoved when it first said so in place of another digest; null where none was ever seen before this one, or
 *     where nobody took note of that yet
 * @param answered whether it said so because this evaluator asked, and has not asked again since
 * @param offset of the newest record that said something of it; {@link #NOWHERE} for what only a base says, and what an
 *     older version kept: any base is newer
 * @param firstSeen null for tags of a first import: their age is unknown
 * @param missed how often it was not there since it was last seen: absent from a completed list, or answered with 404.
 *     Only a tag that somebody selects is kept while it is missing
 * @param confirmedGone whether one of these was the registry's 404 to a check of this very tag
 */
public record KnownTag(
        @Nullable String digest,
        @Nullable Instant digestSeen,
        @Nullable Instant digestMoved,
        @Nullable Instant firstSeen,
        int missed,
        boolean confirmedGone,
        boolean answered,
        long offset) {

    /** Before all offsets. */
    public static final long NOWHERE = -1;

    /** Said by no record. */
    public KnownTag(
            @Nullable String digest,
            @Nullable Instant digestSeen,
            @Nullable Instant digestMoved,
            @Nullable Instant firstSeen,
            int missed,
            boolean confirmedGone,
            boolean answered) {
        this(digest, digestSeen, digestMoved, firstSeen, missed, confirmedGone, answered, NOWHERE);
    }

    /** How often a tag must have been missing before anybody falls back: lists may be stale or partial. */
    public static final int MISSED_FOR_GONE = 2;

    /** @param at when the registry was asked */
    public static KnownTag seen(@Nullable String digest, Instant at, @Nullable Instant firstSeen) {
        return new KnownTag(
                digest, digest == null ? null : at.truncatedTo(ChronoUnit.SECONDS), null, firstSeen, 0, false, false);
    }

    /** The digest is what the registry says to this evaluator's request, whatever the clocks of others say. */
    public KnownTag answering(boolean asked) {
        return new KnownTag(
                digest, digestSeen, digestMoved, firstSeen, missed, confirmedGone, asked && digest != null, offset);
    }

    /** The record there says something of it. */
    public KnownTag at(long place) {
        return new KnownTag(digest, digestSeen, digestMoved, firstSeen, missed, confirmedGone, answered, place);
    }

    /**
     * The tag as a base has it, with what is known of it beside: a digest that the base does not name stays, and of the one
     * that it names it is known how long it has been there.
     *
     * @param since when the base came into force
     */
    public KnownTag inStock(@Nullable String named, Instant since) {
        if (named == null || named.equals(digest)) {
            return new KnownTag(digest, digestSeen, digestMoved, firstSeen, 0, false, answered, offset);
        }
        Instant seen = since.truncatedTo(ChronoUnit.SECONDS);
        return new KnownTag(named, seen, digest == null ? null : seen, firstSeen, 0, false, false, offset);
    }

    /** Whether a base that lists the tag says all of this. */
    public boolean isInStock() {
        return listed() && digest == null;
    }

    /** A tag that somebody selects and that no completed list has shown. */
    public static KnownTag neverListed() {
        return new KnownTag(null, null, null, null, 1, false, false);
    }

    public boolean listed() {
        return missed == 0;
    }

    /** Missing twice, and a 404 among them: 401, 403 or an outage confirm nothing, they never get here. */
    public boolean gone() {
        return confirmedGone && missed >= MISSED_FOR_GONE;
    }

    /** A tag that is reported again, with a new digest perhaps, is as old as it was; a list says nothing of digests. */
    public KnownTag asOldAs(KnownTag before) {
        return digest == null
                ? new KnownTag(
                        before.digest,
                        before.digestSeen,
                        before.digestMoved,
                        before.firstSeen,
                        missed,
                        confirmedGone,
                        before.answered,
                        offset)
                : new KnownTag(
                        digest,
                        digestSeen,
                        before.digest == null || before.digest.equals(digest) ? before.digestMoved : digestSeen,
                        before.firstSeen,
                        missed,
                        confirmedGone,
                        answered,
                        offset);
    }

    public KnownTag absentFromList() {
        return new KnownTag(digest, digestSeen, digestMoved, firstSeen, missed + 1, confirmedGone, answered, offset);
    }

    public KnownTag notFound() {
        return new KnownTag(digest, digestSeen, digestMoved, firstSeen, missed + 1, true, answered, offset);
    }
}
