package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Reading;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Reads the events of records. What a newer Tidemark writes is passed over, or understood in part: that is said once of each
 * kind, and counted, for during an upgrade there are thousands of it.
 */
public final class EventReader {

    private static final System.Logger LOG = System.getLogger(EventReader.class.getName());

    /** More kinds than that are no upgrade; the others are counted together. */
    private static final int MAX_KINDS = 100;

    private static final String OTHERS = "others";

    private final Consumer<Envelope<?>> told;
    private final Map<String, LongAdder> newer = new ConcurrentHashMap<>();

    /** Which tells nobody. */
    public EventReader() {
        this(event -> {});
    }

    /** @param told of each event that is read; ends at once, for any thread */
    public EventReader(Consumer<Envelope<?>> told) {
        this.told = told;
    }

    /**
     * The event of a record.
     *
     * @return empty for one of a type that only a newer Tidemark knows
     * @throws UndecodableException when nobody can read it
     */
    public Optional<Envelope<?>> read(Topic topic, byte[] value) {
        return switch (EventCodec.read(value)) {
            case Reading.Known(Envelope<?> envelope, var members) -> {
                members.forEach(
                        member -> note(
                                topic,
                                envelope.type().wireName() + " '" + member + "'",
                                "a newer Tidemark writes what this one does not know there: nothing is done that depends on it"));
                told.accept(envelope);
                yield Optional.of(envelope);
            }
            case Reading.UnknownType(String wireName) -> {
                note(topic, wireName, "a newer Tidemark writes it: this one passes over it");
                yield Optional.empty();
            }
            case Reading.Undecodable(UndecodableException reason) -> throw reason;
        };
    }

    /** How often what was met that only a newer Tidemark knows. */
    public Map<String, Long> newer() {
        Map<String, Long> counts = new TreeMap<>();
        newer.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    private void note(Topic topic, String what, String why) {
        String kind = topic.topicName() + ": " + what;
        LongAdder count = newer.get(kind);
        if (count == null) {
            String counted = newer.size() < MAX_KINDS ? kind : OTHERS;
            count = new LongAdder();
            LongAdder other = newer.putIfAbsent(counted, count);
            if (other == null) {
                LOG.log(
                        Level.WARNING,
                        LogKeys.line(
                                "newer-record",
                                LogKeys.TOPIC,
                                topic.topicName(),
                                LogKeys.TYPE,
                                what,
                                LogKeys.REASON,
                                why));
            }
            count = other == null ? count : other;
        }
        count.increment();
    }
}
