package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
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

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(new GoNumbers())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private EventCodec() {}

    /**
     * The value of a record.
     *
     * @throws EventTooLargeException when it would be larger than what is read
     */
    public static byte[] encode(Envelope<?> envelope) {
        ObjectNode json = MAPPER.createObjectNode();
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
        json.setAll((ObjectNode) MAPPER.valueToTree(envelope.event()));
        byte[] value = bytes(json);
        if (value.length > MAX_VALUE_BYTES) {
            throw new EventTooLargeException(envelope.type(), envelope.key(), value.length);
        }
        return value;
    }

    /**
     * Reads a value.
     *
     * @throws UndecodableException naming what is wrong: the record belongs in the dead-letter topic
     */
    public static Envelope<?> decode(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new UndecodableException(
                    "the value has " + value.length + " bytes, more than the " + MAX_VALUE_BYTES + " that are read");
        }
        try {
            JsonNode json = MAPPER.readTree(value);
            String wireName = text(json, "type");
            EventType type =
                    EventType.ofWireName(wireName).orElseThrow(() -> UndecodableException.unknownType(wireName));
            Event event = MAPPER.treeToValue(json, type.dataClass());
            if (event == null) {
                throw new UndecodableException("the value is null");
            }
            requireMembers((Record) event);
            return new Envelope<>(
                    text(json, "id"),
                    text(json, "source"),
                    time(text(json, "time")),
                    text(json, "correlationid"),
                    optionalText(json, "causationid"),
                    optionalText(json, "traceparent"),
                    event);
        } catch (IOException e) {
            throw UndecodableException.at(e);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("not an event: its id, source or correlation cannot be used");
        }
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
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UndecodableException("not an event: the member 'time' is no RFC 3339 time");
        }
    }

    /** The event alone as canonical JSON: sorted members, no envelope. */
    static byte[] dataBytes(Event event) {
        return bytes(MAPPER.valueToTree(event));
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event record is always JSON", e);
        }
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
