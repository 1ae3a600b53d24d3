package dev.tidemark.evaluation.replay;

/** How many records were left out, since a newer version wrote them. */
public final class Unreadable {

    private long records;

    void count() {
        records++;
    }

    void count(long more) {
        records += more;
    }

    public long records() {
        return records;
    }
}
