package dev.tidemark.flux.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Where a definition's schema and what the product knows of a kind are not the same, as "PATH: difference". */
final class Differences {

    private static final String ANYTHING = "x-kubernetes-preserve-unknown-fields";

    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** Both know the same fields, of the same type and with the same bounds. */
    static List<String> between(JsonNode schema, Shape shape) {
        Differences differences = new Differences();
        differences.compare("spec", schema, shape);
        return differences.found;
    }

    /** The schema has what a record is read from or written to; it may have more. */
    static List<String> missing(JsonNode schema, String path, Class<?> record) {
        Differences differences = new Differences();
        differences.hold(path, schema, record);
        return differences.found;
    }

    private void compare(String path, JsonNode schema, Shape shape) {
        switch (shape) {
            case Shape.Anything anything -> {}
            case Shape.Text text -> {
                same(path, "type", schema.path("type").asText(), "string");
                same(path, "enum", texts(schema.path("enum")), Set.copyOf(text.allowed()));
                same(
                        path,
                        "pattern",
                        schema.path("pattern").asText(""),
                        text.pattern() == null ? "" : text.pattern().pattern());
            }
            case Shape.Length length -> {
                same(path, "type", schema.path("type").asText(), "string");
                same(
                        path,
                        "pattern",
                        schema.path("pattern").asText(),
                        length.pattern().pattern());
            }
            case Shape.Base64Text base64 ->
                same(path, "format", schema.path("format").asText(), "byte");
            case Shape.Flag flag -> same(path, "type", schema.path("type").asText(), "boolean");
            case Shape.Whole whole -> {
                same(path, "type", schema.path("type").asText(), "integer");
                same(path, "maximum", schema.path("maximum").asLong(), whole.most());
            }
            case Shape.Items items -> {
                same(path, "type", schema.path("type").asText(), "array");
                same(path, "minItems", schema.path("minItems").asInt(0), items.least());
                same(path, "maxItems", schema.path("maxItems").asInt(0), items.most());
                compare(path + "[]", schema.path("items"), items.item());
            }
            case Shape.Entries entries -> {
                same(path, "type", schema.path("type").asText(), "object");
                // what the product passes on unread a definition may know better
                if (!(entries.value() instanceof Shape.Anything)) {
                    compare(path + ".*", schema.path("additionalProperties"), entries.value());
                }
            }
            case Shape.Members members -> members(path, schema, members);
        }
    }

    private void members(String path, JsonNode schema, Shape.Members members) {
        same(path, "type", schema.path("type").asText(), "object");
        same(path, ANYTHING, schema.path(ANYTHING).asBoolean(), false);
        same(path, "fields", names(schema), Set.copyOf(members.members().keySet()));
        same(
                path,
                "required",
                texts(schema.path("required")),
                members.members().values().stream()
                        .filter(Shape.Member::required)
                        .map(Shape.Member::name)
                        .collect(Collectors.toSet()));
        members.members().forEach((name, member) -> {
            if (schema.path("properties").has(name)) {
                compare(path + '.' + name, schema.path("properties").path(name), member.shape());
            }
        });
    }

    private void hold(String path, JsonNode schema, Type type) {
        if (schema.isMissingNode()) {
            found.add(path + ": the definition does not have it");
        } else if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                same(path, "type", schema.path("type").asText(), "array");
                hold(path + "[]", schema.path("items"), arguments[0]);
            } else if (!schema.path(ANYTHING).asBoolean()) {
                same(path, "type", schema.path("type").asText(), "object");
                hold(path + ".*", schema.path("additionalProperties"), arguments[1]);
            }
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
                String name = written == null ? component.getName() : written.value();
                hold(path + '.' + name, schema.path("properties").path(name), component.getGenericType());
            }
        } else if (type == Instant.class) {
            same(path, "format", schema.path("format").asText(), "date-time");
        } else if (type == Object.class) {
            same(path, ANYTHING, schema.path(ANYTHING).asBoolean(), true);
        } else {
            same(path, "type", schema.path("type").asText(), typeOf(type));
        }
    }

    private static String typeOf(Type type) {
        if (type == String.class || type == Duration.class) {
            return "string";
        }
        return Map.of(boolean.class, "boolean", int.class, "integer", long.class, "integer")
                .getOrDefault(type, "?" + type);
    }

    private void same(String path, String what, Object defined, Object known) {
        if (!defined.equals(known)) {
            found.add(path + ": " + what + " is " + text(defined) + " in the definition, and the product has "
                    + text(known));
        }
    }

    private static String text(Object value) {
        return value instanceof Set<?> set
                ? set.stream()
                        .map(String::valueOf)
                        .sorted(Comparator.naturalOrder())
                        .toList()
                        .toString()
                : "'" + value + "'";
    }

    private static Set<String> names(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
