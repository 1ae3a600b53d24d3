package dev.tidemark.flux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.tidemark.events.RequiredMembers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** Turns an object, as a cluster or a manifest has it, into a {@link Resource}. */
public final class ResourceReader {

    private static final String DEFAULT_NAMESPACE = "default";

    /** RFC 1123 subdomain, as the API server checks it; names become file names, so nothing else may pass. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

    private ResourceReader() {}

    /** What became of an object. */
    public sealed interface Outcome {
        record Read(Resource<?> resource) implements Outcome {}

        /** Not a kind that Tidemark serves. */
        record UnknownKind(String apiVersion, String kind, String name) implements Outcome {}

        /** @param message names the member and what is expected there */
        record Invalid(String message) implements Outcome {}
    }

    /** Reads one object. */
    public static Outcome read(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText("");
        String kindName = object.path("kind").asText("");
        String name = object.path("metadata").path("name").asText("");
        if (apiVersion.isEmpty() || kindName.isEmpty()) {
            return new Outcome.Invalid("not a Kubernetes object: it needs apiVersion and kind");
        }
        Optional<Kind<?>> kind = Kinds.of(apiVersion, kindName);
        if (kind.isEmpty()) {
            return new Outcome.UnknownKind(apiVersion, kindName, name);
        }
        if (name.isEmpty()) {
            return new Outcome.Invalid(kindName + " without a name: add metadata.name");
        }
        String namespace = object.path("metadata").path("namespace").asText(DEFAULT_NAMESPACE);
        if (!NAME.matcher(name).matches() || !NAME.matcher(namespace).matches()) {
            return new Outcome.Invalid(kindName + " '" + namespace + "/" + name
                    + "': name and namespace consist of lower-case letters, digits, '-' and '.'");
        }
        try {
            return new Outcome.Read(resource(kind.get(), object));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Outcome.Invalid(kindName + " " + name + ": " + explain(e));
        }
    }

    private static <S> Resource<S> resource(Kind<S> kind, JsonNode object) throws JsonProcessingException {
        JsonNode content = kind.contentField().isEmpty() ? object : object.path(kind.contentField());
        if (content.isMissingNode() || content.isNull()) {
            throw new IllegalArgumentException("'" + kind.contentField() + "' is required");
        }
        S spec = FluxJson.json().treeToValue(content, kind.content());
        RequiredMembers.check((Record) spec);
        return new Resource<>(kind, metadata(kind, object.path("metadata"), content), spec);
    }

    private static Metadata metadata(Kind<?> kind, JsonNode metadata, JsonNode content) {
        String name = metadata.path("name").asText();
        String namespace =
                kind.equals(Kinds.NAMESPACE) ? "" : metadata.path("namespace").asText(DEFAULT_NAMESPACE);
        String identity = kind.name() + '/' + namespace + '/' + name;
        return new Metadata(
                namespace,
                name,
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                metadata.path("uid")
                        .asText(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                                .toString()),
                metadata.path("generation").asLong(checksum(content.toString())),
                metadata.path("resourceVersion").asText(Long.toString(checksum(metadata.toString() + content))));
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

    private static String explain(Exception e) {
        if (e instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream()
                    .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                    .collect(Collectors.joining());
            String expected = mapping instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                    ? "expected a " + mismatch.getTargetType().getSimpleName() + "; "
                    : "";
            return "spec" + path + ": " + expected + mapping.getOriginalMessage();
        }
        return String.valueOf(e.getMessage());
    }
}
