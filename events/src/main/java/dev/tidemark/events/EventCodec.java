package dev.tidemark.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one codec of the log, for channels and for Streams: strict when writing, tolerant when reading.
 *
 * <p>The value is the event's JSON object with {@code type}, {@code id}, {@code source}, {@code time},
 * {@code correlationid} and {@code causationid} beside its own members, because state stores keep values and not headers.
 */
public final class EventCodec {

    /**
     * The largest value that is written and read: a list selection of 10,000 tags with digests (1.2 MB) fits six times.
     * Producers bound what they say, so that nothing comes near; the limits of the log follow from this one, see
     * {@code dev.tidemark.events.kafka.RecordLimits}.
     */
    public static final int MAX_VALUE_BYTES = 8 * 1024 * 1024;

    private EventCodec() {}

    /**
     * The value of a record.
     *
     * @throws EventTooLargeException when it would be larger than what is read
     */
    public static byte[] encode(Envelope<?> envelope) {
        JsonNode json = tree(envelope);
        byte[] value = LogJson.bytes(
                envelope.unread() == null ? json : envelope.unread().with(json));
        if (value.length > MAX_VALUE_BYTES) {
            throw new EventTooLargeException(envelope.type(), envelope.key(), value.length);
        }
        return value;
    }

    private static ObjectNode tree(Envelope<?> envelope) {
        ObjectNode json = LogJson.object();
        json.put("type", envelope.type().wireName());
        json.put("id", envelope.id());
        json.put("source", envelope.source());
        json.put("time", envelope.time().toString());
        json.put("correlationid", envelope.correlationid());
        if (envelope.causationid() != null) {
            json.put("causationid", envelope.causationid());
        }
        if (envelope.traceparent() != null) {
            json.put("traceparent", envelope.traceparent());
        }
        json.setAll((ObjectNode) LogJson.tree(envelope.event()));
        return json;
    }

    /** Reads a value; never throws. */
    public static Reading read(byte[] value) {
        try {
            return reading(value);
        } catch (UndecodableException reason) {
            return new Reading.Undecodable(reason);
        } catch (RuntimeException | StackOverflowError codecsFault) {
            // one record's, and not the end of reading
            return new Reading.Undecodable(new UndecodableException("not an event: it cannot be decoded"));
        }
    }

    /**
     * Reads a value that this build can read.
     *
     * @throws UndecodableException naming what is wrong, or that only a newer build knows the event's type
     */
    public static Envelope<?> decode(byte[] value) {
        return switch (read(value)) {
            case Reading.Known known -> known.envelope();
            case Reading.UnknownType(String wireName) -> throw UndecodableException.unknownType(wireName);
            case Reading.Undecodable(UndecodableException reason) -> throw reason;
        };
    }

    private static Reading reading(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new UndecodableException(
                    "the value has " + value.length + " bytes, more than the " + MAX_VALUE_BYTES + " that are read");
        }
        try {
            JsonNode json = LogJson.parse(value);
            String wireName = text(json, "type");
            Optional<EventType> type = EventType.ofWireName(wireName);
            if (type.isEmpty()) {
                return unknownType(wireName, json);
            }
            LogJson.Read<? extends Event> read = LogJson.read(json, type.get().dataClass());
            Event event = read.value();
            requireMembers((Record) event);
            Envelope<Event> envelope = envelope(json, event);
            return new Reading.Known(
                    read.noticed().anything() ? withUnread(envelope, json) : envelope,
                    read.noticed().newer());
        } catch (IOException e) {
            throw UndecodableException.at(e);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("not an event: its id, source or correlation cannot be used");
        }
    }

    /** The attributes never change, whatever comes with a newer type. */
    private static Reading unknownType(String wireName, JsonNode json) {
        if (!EventType.isOurs(wireName)) {
            throw UndecodableException.unknownType(wireName);
        }
        text(json, "id");
        text(json, "source");
        time(text(json, "time"));
        text(json, "correlationid");
        return new Reading.UnknownType(wireName);
    }

    private static Envelope<Event> envelope(JsonNode json, Event event) {
        return new Envelope<>(
                text(json, "id"),
                text(json, "source"),
                time(text(json, "time")),
                text(json, "correlationid"),
                optionalText(json, "causationid"),
                optionalText(json, "traceparent"),
                event);
    }

    private static Envelope<Event> withUnread(Envelope<Event> envelope, JsonNode raw) {
        return new Envelope<>(
                envelope.id(),
                envelope.source(),
                envelope.time(),
                envelope.correlationid(),
                envelope.causationid(),
                envelope.traceparent(),
                envelope.event(),
                new Unread(raw, tree(envelope)));
    }

    private static void requireMembers(Record event) {
        try {
            RequiredMembers.check(event);
        } catch (IllegalArgumentException missing) {
            throw UndecodableException.missing(String.valueOf(missing.getMessage()));
        }
    }

    private static Instant time(String text) {
        try {
            return LogTime.parse(text);
        } catch (DateTimeException e) {
            throw new UndecodableException("not an event: the member 'time' is no RFC 3339 time");
        }
    }

    /** The event alone as canonical JSON: sorted members, no envelope. */
    static byte[] dataBytes(Event event) {
        return LogJson.bytes(LogJson.tree(event));
    }

    private static String text(JsonNode json, String member) {
        String text = optionalText(json, member);
        if (text == null || text.isEmpty()) {
            throw new UndecodableException("the member '" + member + "' is missing");
        }
        return text;
    }

    private static @Nullable String optionalText(JsonNode json, String member) {
        JsonNode node = json.get(member);
        return node == null || !node.isTextual() ? null : node.asText();
    }
}
