package dev.tidemark.events.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas of the contract's records, as the codec writes them. Open ones: members and constants of tomorrow conform, so
 * that nobody builds a reader which breaks on them; known constants stand in {@code x-extensible-enum}.
 */
final class JsonSchemas {

    /** What a reader makes of a constant that it does not know; nobody writes it. */
    private static final String UNKNOWN = "UNKNOWN";

    private final RecordDocs docs;
    private final Map<String, Object> schemas = new LinkedHashMap<>();

    JsonSchemas(RecordDocs docs) {
        this.docs = docs;
    }

    /** Those that were referred to, by name. */
    Map<String, Object> schemas() {
        return schemas;
    }

    /** The members of a record, with those that every record of its kind has beside them. */
    Map<String, Object> object(Class<?> type, Map<String, Object> beside, List<String> requiredBeside) {
        Map<String, Object> properties = new LinkedHashMap<>(beside);
        List<String> required = new ArrayList<>(requiredBeside);
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), member(type, component));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = described("object", docs.of(type).summary());
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required.stream().sorted().toList());
        }
        return schema;
    }

    private Map<String, Object> member(Class<?> owner, RecordComponent component) {
        Map<String, Object> schema = new LinkedHashMap<>(of(component.getGenericType()));
        String said = docs.of(owner).members().getOrDefault(component.getName(), "");
        if (!said.isEmpty()) {
            // what stands beside a reference is ignored by many tools
            schema = schema.containsKey("$ref") ? new LinkedHashMap<>(Map.of("allOf", List.of(schema))) : schema;
            schema.put("description", said);
        }
        return schema;
    }

    private Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? Map.of("type", "array", "items", of(last))
                    : Map.of("type", "object", "additionalProperties", of(last));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Object.class) {
            return Map.of();
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (plain == int.class || plain == Integer.class) {
            return Map.of("type", "integer", "format", "int32");
        }
        if (plain == long.class || plain == Long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        if (plain == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (plain == Duration.class) {
            return Map.of("type", "string", "format", "duration");
        }
        return plain == String.class ? Map.of("type", "string") : reference(plain);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of());
            schemas.put(name, named(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> named(Class<?> type) {
        if (type.isEnum()) {
            Map<String, Object> schema = described("string", docs.of(type).summary());
            schema.put(
                    "x-extensible-enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .filter(name -> !name.equals(UNKNOWN))
                            .toList());
            return schema;
        }
        if (isText(type)) {
            return described("string", docs.of(type).summary());
        }
        JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
        return kinds == null ? object(type, Map.of(), List.of()) : oneOfMany(type, kinds);
    }

    /** Of a kind that it does not name, anything conforms. */
    private Map<String, Object> oneOfMany(Class<?> type, JsonSubTypes kinds) {
        String discriminator = type.getAnnotation(JsonTypeInfo.class).property();
        Map<String, Object> schema = described("object", docs.of(type).summary());
        schema.put(
                "properties",
                Map.of(
                        discriminator,
                        Map.of(
                                "type",
                                "string",
                                "x-extensible-enum",
                                Arrays.stream(kinds.value())
                                        .map(JsonSubTypes.Type::name)
                                        .toList())));
        schema.put("required", List.of(discriminator));
        schema.put(
                "allOf",
                Arrays.stream(kinds.value())
                        .map(kind -> Map.of(
                                "if",
                                Map.of("properties", Map.of(discriminator, Map.of("const", kind.name()))),
                                "then",
                                object(kind.value(), Map.of(), List.of())))
                        .toList());
        return schema;
    }

    private static boolean isText(Class<?> type) {
        return Stream.<AnnotatedElement>concat(
                        Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()))
                .anyMatch(member -> member.isAnnotationPresent(JsonValue.class));
    }

    private static Map<String, Object> described(String type, String summary) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (!summary.isEmpty()) {
            schema.put("description", summary);
        }
        return schema;
    }
}
