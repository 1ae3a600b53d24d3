package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as the log and the stores have it: strict when writing, tolerant of what newer builds have added when reading. */
final class LogJson {

    /** What a constant of tomorrow is read as. Every enumeration of the log has one of this name. */
    static final String UNKNOWN = "UNKNOWN";

    /** The attributes of CloudEvents, which stand beside an event's own members. */
    private static final Set<String> ENVELOPE =
            Set.of("type", "id", "source", "time", "correlationid", "causationid", "traceparent");

    /** As long as a value may be: a number that nobody here understands makes nothing beside it unreadable. */
    private static final int MAX_DIGITS = EventCodec.MAX_VALUE_BYTES;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .build())
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new LogTime.Deserializer()))
            .addModule(RuleJson.module())
            .addHandler(new Tolerance())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .nodeFactory(new LongNumbers())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private LogJson() {}

    /** What a value held that only a newer build knows. Filled while it is read. */
    static final class Noticed {
        private final List<String> newer = new ArrayList<>();
        private boolean anything;

        private Noticed() {}

        /** A constant, or a kind of rule. */
        void newer(JsonParser at) {
            anything = true;
            String name = at.getParsingContext().getCurrentName();
            newer.add(name == null ? "" : name);
        }

        List<String> newer() {
            return List.copyOf(newer);
        }

        /** Whether what was read would be written with less than was there. */
        boolean anything() {
            return anything;
        }
    }

    /** A value that was read. */
    record Read<T>(T value, Noticed noticed) {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode parse(byte[] value) throws IOException {
        try (JsonParser json = MAPPER.createParser(value)) {
            return ReadTree.of(json);
        }
    }

    /** @throws IOException for a tree that is no value of the type */
    static <T> Read<T> read(JsonNode tree, Class<T> type) throws IOException {
        Noticed noticed = new Noticed();
        @Nullable
        T value = MAPPER.readerFor(type).withAttribute(Noticed.class, noticed).readValue(tree);
        if (value == null) {
            throw new IOException("the value is null");
        }
        return new Read<>(value, noticed);
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static Noticed noticed(DeserializationContext context) {
        return (Noticed) context.getAttribute(Noticed.class);
    }

    /** Reads what is new as far as it goes, and notes that it was there. */
    private static final class Tolerance extends DeserializationProblemHandler {

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name) {
            boolean ofTheEnvelope = beanOrClass instanceof Event && ENVELOPE.contains(name);
            noticed(context).anything |= !ofTheEnvelope;
            return false;
        }

        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String failure) throws IOException {
            for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
                if (((Enum<?>) constant).name().equals(UNKNOWN)) {
                    noticed(context).newer(context.getParser());
                    return constant;
                }
            }
            return NOT_HANDLED;
        }
    }
}
