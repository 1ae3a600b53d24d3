package dev.tidemark.events;

/**
 * Whose word counts in a partition, for whoever reads it from its beginning in its order: records of an owner that
 * another one has followed have no effect, however late they come. Where nobody has claimed anything the order of the log
 * is all there is.
 */
public final class NewestEpoch {

    private long newest;

    /** Of a partition that is read from its beginning. */
    public NewestEpoch() {
        this(ScanOrder.NO_EPOCH);
    }

    /** @param known as of what was read before */
    public NewestEpoch(long known) {
        this.newest = known;
    }

    /** The epoch of the newest owner so far. */
    public long value() {
        return newest;
    }

    /** The claim at this offset was read. One that lies before another is the first of a partition that was made anew. */
    public void claimed(long offset) {
        newest = offset;
    }

    /**
     * Whether a record has an effect.
     *
     * @param epoch that it carries; one that is not claimed yet is nobody's
     * @param offset of the record
     */
    public boolean admits(long epoch, long offset) {
        if (epoch < newest || epoch > offset) {
            return false;
        }
        newest = epoch;
        return true;
    }
}
