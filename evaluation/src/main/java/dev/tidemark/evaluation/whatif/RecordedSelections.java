package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.history.RecordedHistory.Cursor;
import dev.tidemark.evaluation.replay.Understanding;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was selected for a target, one after the other. */
final class RecordedSelections {

    private final Cursor cursor;
    private final String target;
    private final Understanding understanding;
    private @Nullable TagSelected newest;

    RecordedSelections(RecordedHistory history, Target target, Understanding understanding) {
        this.understanding = understanding;
        this.target = target.text();
        this.cursor = history.open(new Place(
                Topic.TAG_SELECTED,
                Partitioning.partition(
                        Topic.TAG_SELECTED, this.target, history.header().partitions())));
    }

    /** When the selection next changed. */
    Optional<Instant> next() {
        while (cursor.peek().filter(record -> !record.key().equals(target)).isPresent()) {
            cursor.advance();
        }
        return cursor.peek().map(HistoryRecord::at);
    }

    /** Takes the next change; one that this version cannot read is none. */
    void advance() {
        cursor.peek().ifPresent(record -> {
            if (record.isTombstone()) {
                newest = null;
            } else {
                newest = understanding.read(record, TagSelected.class).orElse(newest);
            }
            cursor.advance();
        });
    }

    Optional<TagSelected> newest() {
        return Optional.ofNullable(newest);
    }

    List<SelectedTag> tags() {
        return newest == null ? List.of() : newest.tags();
    }
}
