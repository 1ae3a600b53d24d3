package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.history.HistoryRecord.Place;
import java.util.Optional;

/** What was recorded, read as often as it takes: no record is held longer than somebody looks at it. */
public interface RecordedHistory {

    RangeHeader header();

    /** The records of a partition from its first one. */
    Cursor open(Place place);

    /** The record at a position that a cursor has named. */
    HistoryRecord at(long position);

    /** A place in a run of records. */
    interface Cursor {

        /** The next record; stays the next one until it is taken. */
        Optional<HistoryRecord> peek();

        /** Takes it. */
        void advance();

        /** Where the next record is, for {@link RecordedHistory#at}. */
        long position();

        /** The line of the file that the next record is. */
        long line();
    }
}
