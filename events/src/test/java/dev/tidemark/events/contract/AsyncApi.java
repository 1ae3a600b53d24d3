package dev.tidemark.events.contract;

import dev.tidemark.events.EventCodec;
import dev.tidemark.events.EventType;
import dev.tidemark.events.Topic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The contract of the log as an AsyncAPI 3.0 document: topics, keys, events, and an example of each from the samples. */
final class AsyncApi {

    /** The version of the contract: a new major number is a new name of each type that changed. */
    private static final String VERSION = "1.0.0";

    /** The CloudEvents attributes that stand in the value too: stores keep values and not headers. */
    private static final Map<String, Object> ENVELOPE = Map.of(
            "type", Map.of("type", "string", "description", "the event's type, with the version of its form"),
            "id", Map.of("type", "string", "description", "the same fact has the same id"),
            "source", Map.of("type", "string", "description", "the service that wrote it"),
            "time", Map.of("type", "string", "format", "date-time"),
            "correlationid", Map.of("type", "string", "description", "runs from the first cause to the last effect"),
            "causationid",
                    Map.of("type", "string", "description", "id of the event that led here; not at a chain's start"),
            "traceparent", Map.of("type", "string", "description", "W3C trace context, where one travels along"));

    private static final List<String> ENVELOPE_REQUIRED = List.of("type", "id", "source", "time", "correlationid");

    private final RecordDocs docs;
    private final Map<EventType, Map<String, Object>> examples;

    /** @param examples a value of each type */
    AsyncApi(RecordDocs docs, Map<EventType, Map<String, Object>> examples) {
        this.docs = docs;
        this.examples = examples;
    }

    Map<String, Object> document() {
        JsonSchemas schemas = new JsonSchemas(docs);
        Map<String, Object> messages = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            schemas.schemas().put(name(type), schemas.object(type.dataClass(), ENVELOPE, ENVELOPE_REQUIRED));
            messages.put(name(type), message(type));
        }
        return Map.of(
                "asyncapi",
                "3.0.0",
                "info",
                info(),
                "defaultContentType",
                "application/json",
                "channels",
                byTopic(AsyncApi::channel),
                "operations",
                byTopic(AsyncApi::operation),
                "components",
                Map.of(
                        "schemas",
                        schemas.schemas(),
                        "messages",
                        messages,
                        "messageTraits",
                        Map.of("cloudEvent", trait())));
    }

    private static Map<String, Object> info() {
        return Map.of(
                "title",
                "Tidemark's log",
                "version",
                VERSION,
                "license",
                Map.of("name", "Apache-2.0"),
                "description",
                "CloudEvents 1.0 over Kafka in binary mode. The contract grows: members, constants of enumerations, kinds of"
                        + " rules and types of events are added, none is changed or taken away; a reader skips, and keeps,"
                        + " what it does not know. tag-discovered and tag-selected are for others to build on. A value has"
                        + " at most "
                        + EventCodec.MAX_VALUE_BYTES
                        + " bytes. Made from the code: do not edit.");
    }

    private static Map<String, Object> byTopic(java.util.function.Function<Topic, Object> part) {
        return Arrays.stream(Topic.values())
                .collect(Collectors.toMap(Topic::topicName, part, (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<String, Object> channel(Topic topic) {
        return Map.of(
                "address",
                topic.topicName(),
                "description",
                partitioned(topic) + "; " + kept(topic) + ". Records that nobody can read go to "
                        + topic.deadLetterName() + ".",
                "messages",
                of(topic)
                        .collect(Collectors.toMap(
                                AsyncApi::name, type -> Map.of("$ref", "#/components/messages/" + name(type)))),
                "bindings",
                Map.of(
                        "kafka",
                        Map.of(
                                "topic",
                                topic.topicName(),
                                "topicConfiguration",
                                Map.of("cleanup.policy", List.of(cleanup(topic))),
                                "bindingVersion",
                                "0.5.0")));
    }

    private static Map<String, Object> operation(Topic topic) {
        return Map.of(
                "action",
                "send",
                "channel",
                Map.of("$ref", "#/channels/" + topic.topicName()),
                "messages",
                of(topic)
                        .map(type -> Map.of("$ref", "#/channels/" + topic.topicName() + "/messages/" + name(type)))
                        .toList());
    }

    private Map<String, Object> message(EventType type) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("name", type.wireName());
        message.put("title", name(type));
        message.put("summary", docs.of(type.dataClass()).summary());
        message.put("traits", List.of(Map.of("$ref", "#/components/messageTraits/cloudEvent")));
        message.put("payload", Map.of("$ref", "#/components/schemas/" + name(type)));
        message.put("bindings", Map.of("kafka", Map.of("key", Map.of("type", "string"), "bindingVersion", "0.5.0")));
        message.put("examples", List.of(Map.of("payload", examples.get(type))));
        return message;
    }

    private static Map<String, Object> trait() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("content-type", Map.of("type", "string", "const", "application/json"));
        headers.put("ce_specversion", Map.of("type", "string", "const", "1.0"));
        headers.put("ce_subject", Map.of("type", "string", "description", "the record's key"));
        for (String attribute : List.of("id", "type", "source", "time", "correlationid", "causationid")) {
            headers.put("ce_" + attribute, Map.of("type", "string"));
        }
        headers.put("traceparent", Map.of("type", "string"));
        return Map.of("headers", Map.of("type", "object", "properties", headers));
    }

    private static java.util.stream.Stream<EventType> of(Topic topic) {
        return Arrays.stream(EventType.values()).filter(type -> type.topic() == topic);
    }

    /** The record's name: the wire name's last part would say the same with a version that the contract's own shows. */
    private static String name(EventType type) {
        return type.dataClass().getSimpleName();
    }

    private static String partitioned(Topic topic) {
        return switch (topic.partitions()) {
            case BY_IMAGE -> "Partitioned by image: everything of one has the same number in all such topics";
            case BY_KEY -> "Partitioned by key";
        };
    }

    private static String kept(Topic topic) {
        return switch (topic.retention()) {
            case WEEK -> "kept for seven days";
            case WINDOW -> "kept for the audit window";
            case COMPACTED_AFTER_WINDOW ->
                "everything for the audit window, then the newest of each key; a record without a value takes its key away";
            case COMPACTED -> "the newest of each key; a record without a value takes its key away";
        };
    }

    private static String cleanup(Topic topic) {
        return switch (topic.retention()) {
            case WEEK, WINDOW -> "delete";
            case COMPACTED_AFTER_WINDOW, COMPACTED -> "compact";
        };
    }
}
