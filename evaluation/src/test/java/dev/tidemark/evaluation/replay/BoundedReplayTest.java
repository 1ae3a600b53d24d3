package dev.tidemark.evaluation.replay;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RecordedHistory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much was recorded, what is held at once does not grow with it. */
class BoundedReplayTest {

    private static final int PUSHES = 7_000;

    /** Each of five topics holds its next record, and a decision is at work. */
    private static final int HELD = 20;

    @TempDir
    private Path folder;

    @Test
    void noRecordIsHeldLongerThanItIsLookedAt() {
        Past past = new Past(1);
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of()));
        past.listed(FEED);
        for (int push = 0; push < PUSHES; push++) {
            past.pass(Duration.ofSeconds(2));
            past.pushed(FEED, "1.0." + push);
        }
        try (RangeFile range = past.export(folder, Past.NOON)) {
            assertThat(range.manifest().records()).isGreaterThan(20_000);
            Watched watched = new Watched(range);

            Replay.Result result = Replay.of(watched, 0);

            assertThat(result.differences()).isEmpty();
            assertThat(result.decisions()).isGreaterThan(PUSHES);
            assertThat(watched.read).isGreaterThan(30_000);
            assertThat(watched.mostHeld).isBetween(1, HELD);
        }
    }

    /** Looks now and then at how many of the records that it gave are still held by somebody. */
    private static final class Watched implements RecordedHistory {

        private static final int OFTEN = 2_500;

        private final RecordedHistory history;
        private final List<WeakReference<HistoryRecord>> given = new ArrayList<>();
        private int read;
        private int mostHeld;

        Watched(RecordedHistory history) {
            this.history = history;
        }

        private HistoryRecord watch(HistoryRecord record) {
            given.add(new WeakReference<>(record));
            read++;
            if (read % OFTEN == 0) {
                System.gc();
                given.removeIf(reference -> reference.refersTo(null));
                mostHeld = Math.max(mostHeld, given.size());
            }
            return record;
        }

        @Override
        public RangeHeader header() {
            return history.header();
        }

        @Override
        public HistoryRecord at(long position) {
            return watch(history.at(position));
        }

        @Override
        public Cursor open(Place place) {
            Cursor cursor = history.open(place);
            return new Cursor() {
                private boolean seen;

                @Override
                public Optional<HistoryRecord> peek() {
                    Optional<HistoryRecord> next = cursor.peek();
                    if (!seen) {
                        seen = true;
                        next.ifPresent(Watched.this::watch);
                    }
                    return next;
                }

                @Override
                public void advance() {
                    cursor.advance();
                    seen = false;
                }

                @Override
                public long position() {
                    return cursor.position();
                }

                @Override
                public long line() {
                    return cursor.line();
                }
            };
        }
    }
}
