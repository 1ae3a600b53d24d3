package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log that was read into memory. */
final class ListedHistory implements RecordedHistory {

    private final RangeHeader header;
    private final List<HistoryRecord> records = new ArrayList<>();
    private final Map<Place, Integer> starts = new HashMap<>();

    ListedHistory(RecordedLog log, Instant since) {
        this.header = new RangeHeader("", "", log.partitions(), Instant.EPOCH, since, since.plus(Duration.ofDays(365)));
        for (Topic topic : List.of(
                Topic.TAG_DISCOVERED,
                Topic.POLICY_DECLARED,
                Topic.POLICY_HANDED_OVER,
                Topic.CONTROL_REQUESTED,
                Topic.POLICY_DECIDED,
                Topic.TAG_SELECTED)) {
            for (int partition = 0; partition < log.partitions(); partition++) {
                starts.put(new Place(topic, partition), records.size());
                log.read(topic, List.of(partition), any -> true).forEach(record -> records.add(raw(record)));
            }
        }
    }

    private static HistoryRecord raw(LoggedRecord record) {
        Envelope<?> event = record.event();
        return new HistoryRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                record.withdrawal(),
                record.epoch(),
                event == null ? null : EventCodec.encode(event));
    }

    @Override
    public RangeHeader header() {
        return header;
    }

    @Override
    public HistoryRecord at(long position) {
        return records.get((int) position);
    }

    @Override
    public Cursor open(Place place) {
        return new Cursor() {
            private int next = starts.getOrDefault(place, records.size());

            @Override
            public Optional<HistoryRecord> peek() {
                return next < records.size() && records.get(next).place().equals(place)
                        ? Optional.of(records.get(next))
                        : Optional.empty();
            }

            @Override
            public void advance() {
                next++;
            }

            @Override
            public long position() {
                return next;
            }

            @Override
            public long line() {
                return next + 1L;
            }
        };
    }
}
