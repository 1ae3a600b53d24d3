package dev.tidemark.flux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.tidemark.events.RequiredMembers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Turns an object that follows the definition of its kind, as every object of a cluster does, into a {@link Resource}.
 * What people write is held against the definition first ({@link dev.tidemark.flux.schema.SchemaCheck}).
 */
public final class ResourceReader {

    private static final String DEFAULT_NAMESPACE = "default";

    /** RFC 1123 subdomain, as the API server checks it; names become file names, so nothing else may pass. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    /** Of the whole; Kubernetes has no limit for what stands between two dots. */
    private static final int LONGEST_NAME = 253;

    private ResourceReader() {}

    /** What became of an object. */
    public sealed interface Outcome {
        record Read(Resource<?> resource) implements Outcome {}

        /** Not a kind that Tidemark serves. */
        record UnknownKind(String apiVersion, String kind, String name) implements Outcome {}

        /**
         * @param message names the object, the member and what is expected there
         * @param id null where the object has no usable name
         */
        record Invalid(String message, @Nullable ResourceId id) implements Outcome {}
    }

    /** Reads one object. */
    public static Outcome read(JsonNode object) {
        String apiVersion = text(object, "apiVersion");
        String kindName = text(object, "kind");
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        if (apiVersion.isEmpty() || kindName.isEmpty()) {
            return new Outcome.Invalid("not a Kubernetes object: it needs apiVersion and kind", null);
        }
        Optional<Kind<?>> kind = Kinds.of(apiVersion, kindName);
        if (kind.isEmpty()) {
            return new Outcome.UnknownKind(apiVersion, kindName, name);
        }
        if (name.isEmpty()) {
            return new Outcome.Invalid(kindName + " without a name: add metadata.name", null);
        }
        String namespace = namespace(kind.get(), metadata);
        if (!isName(name) || !(namespace.isEmpty() || isName(namespace))) {
            return new Outcome.Invalid(
                    kindName + " '" + shortened(namespace) + '/' + shortened(name)
                            + "': name and namespace consist of lower-case letters, digits, '-' and '.', begin and end"
                            + " with a letter or digit, also beside a '.', and have " + LONGEST_NAME
                            + " characters at most",
                    null);
        }
        ResourceId id = new ResourceId(kindName, namespace, name);
        try {
            return new Outcome.Read(resource(kind.get(), object));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Outcome.Invalid(title(id) + ": " + explain(kind.get(), e), id);
        }
    }

    /** How messages name an object: {@code ImagePolicy apps/web}. */
    public static String title(ResourceId id) {
        return id.kind() + ' ' + (id.namespace().isEmpty() ? "" : id.namespace() + '/') + id.name();
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, name.offsetByCodePoints(0, 30)) + "...";
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).isTextual() ? object.path(member).textValue() : "";
    }

    private static String namespace(Kind<?> kind, JsonNode metadata) {
        String written = metadata.path("namespace").asText("");
        return kind.equals(Kinds.NAMESPACE) ? "" : written.isEmpty() ? DEFAULT_NAMESPACE : written;
    }

    private static Resource<?> resource(Kind<?> kind, JsonNode object) throws JsonProcessingException {
        return kind.equals(Kinds.SECRET) ? secret(object) : typed(kind, object);
    }

    private static <S> Resource<S> typed(Kind<S> kind, JsonNode object) throws JsonProcessingException {
        JsonNode content = kind.contentField().isEmpty() ? object : object.path(kind.contentField());
        if (content.isMissingNode() || content.isNull()) {
            throw new IllegalArgumentException(kind.contentField() + " is required");
        }
        S spec = FluxJson.json().treeToValue(content, kind.content());
        RequiredMembers.check((Record) spec);
        return new Resource<>(kind, metadata(kind, object.path("metadata"), content), spec);
    }

    /** By hand: what goes wrong with a Secret may never show a value of it. */
    private static Resource<SecretContent> secret(JsonNode object) {
        SecretContent content = SecretContent.read(object);
        return new Resource<>(Kinds.SECRET, metadata(Kinds.SECRET, object.path("metadata"), object), content);
    }

    private static Metadata metadata(Kind<?> kind, JsonNode metadata, JsonNode content) {
        String name = metadata.path("name").asText();
        String namespace = namespace(kind, metadata);
        ResourceId id = new ResourceId(kind.name(), namespace, name);
        return new Metadata(
                namespace,
                name,
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                metadata.path("uid").asText(uid(id)),
                metadata.path("generation").asLong(checksum(content.toString())),
                metadata.path("resourceVersion").asText("sum-" + checksum(metadata.toString() + content)),
                time(metadata.path("creationTimestamp")),
                time(metadata.path("deletionTimestamp")),
                list(metadata.path("finalizers"), JsonNode::asText),
                list(metadata.path("ownerReferences"), ResourceReader::owner));
    }

    private static String uid(ResourceId id) {
        return derived(id.toString());
    }

    /**
     * The uid of an object whose namesake had another one.
     *
     * @param incarnation how often one of that name was deleted before
     */
    public static String uid(String first, int incarnation) {
        return derived(first + "#" + incarnation);
    }

    private static String derived(String identity) {
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static @Nullable Instant time(JsonNode time) {
        try {
            return time.isTextual() ? Instant.parse(time.textValue()) : null;
        } catch (DateTimeParseException handwritten) {
            return null;
        }
    }

    private static <T> List<T> list(JsonNode list, Function<JsonNode, T> read) {
        return StreamSupport.stream(list.spliterator(), false).map(read).toList();
    }

    private static Metadata.Owner owner(JsonNode reference) {
        return new Metadata.Owner(
                text(reference, "apiVersion"),
                text(reference, "kind"),
                text(reference, "name"),
                text(reference, "uid"));
    }

    private static Map<String, String> texts(JsonNode map) {
        return map.properties().stream()
                .filter(e -> e.getValue().isValueNode() && !e.getValue().isNull())
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText(), (a, b) -> b, TreeMap::new));
    }

    private static long checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static String explain(Kind<?> kind, Exception e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return String.valueOf(e.getMessage());
        }
        String path = kind.contentField()
                + mapping.getPath().stream()
                        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                        .collect(Collectors.joining());
        Class<?> wanted = mapping instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? mismatch.getTargetType()
                : Object.class;
        return path + " has to be " + words(wanted);
    }

    private static String words(Class<?> wanted) {
        if (wanted == Duration.class) {
            return "a duration: write for example 30s, 5m or 1h30m";
        }
        if (wanted == URI.class) {
            return "a URL, such as https://host/path";
        }
        if (wanted == boolean.class) {
            return "true or false";
        }
        if (wanted == int.class || wanted == long.class) {
            return "a whole number";
        }
        if (Iterable.class.isAssignableFrom(wanted)) {
            return "a list";
        }
        return wanted == String.class ? "a text" : "an object with members";
    }
}
