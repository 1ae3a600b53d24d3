package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checksum of ConfigMaps and Secrets beside each annotation that asks for one, at whatever depth (flux-gitless 2.6). */
final class Checksums {

    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";

    private final Function<ObjectId, Optional<KubeObject>> sources;

    /** @param sources what is rendered before what is there */
    Checksums(Function<ObjectId, Optional<KubeObject>> sources) {
        this.sources = sources;
    }

    KubeObject in(KubeObject object) {
        return DataAnnotations.asksForChecksum(object) ? new KubeObject(members(object.json(), object.id())) : object;
    }

    private Map<String, @Nullable Object> members(Map<?, ?> json, ObjectId object) {
        Map<String, @Nullable Object> copy = new TreeMap<>();
        json.forEach((key, value) -> copy.put(
                String.valueOf(key),
                key.equals(METADATA) && value instanceof Map<?, ?> metadata
                        ? members(withChecksum(metadata, object), object)
                        : value(value, object)));
        return copy;
    }

    private @Nullable Object value(@Nullable Object value, ObjectId object) {
        return switch (value) {
            case Map<?, ?> map -> members(map, object);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(value(element, object)));
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }

    private Map<?, ?> withChecksum(Map<?, ?> metadata, ObjectId object) {
        if (!(metadata.get(ANNOTATIONS) instanceof Map<?, ?> annotations)
                || !(annotations.get(DataAnnotations.CHECKSUM_FROM) instanceof String references)) {
            return metadata;
        }
        Map<String, @Nullable Object> more = new TreeMap<>();
        annotations.forEach((key, value) -> more.put(String.valueOf(key), value));
        more.put(DataAnnotations.CHECKSUM, checksum(references, object));
        Map<String, @Nullable Object> copy = new TreeMap<>();
        metadata.forEach((key, value) -> copy.put(String.valueOf(key), value));
        copy.put(ANNOTATIONS, more);
        return copy;
    }

    private String checksum(String references, ObjectId object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stream.of(references.split(",", -1))
                .map(String::strip)
                .filter(reference -> !reference.isEmpty())
                .forEach(reference -> {
                    text(bytes, reference);
                    data(source(reference, object)).forEach((key, value) -> {
                        text(bytes, key);
                        bytes.writeBytes(value);
                        bytes.write(0);
                    });
                });
        return Sha256.revision(bytes.toByteArray());
    }

    private static void text(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
    }

    private KubeObject source(String reference, ObjectId object) {
        String[] parts = reference.split("/", -1);
        boolean well = parts.length == 3
                && (parts[0].equals("ConfigMap") || parts[0].equals("Secret"))
                && !parts[1].isEmpty()
                && !parts[2].isEmpty();
        if (!well) {
            throw problem(object, "'" + reference + "' is neither ConfigMap/NAMESPACE/NAME nor Secret/NAMESPACE/NAME");
        }
        return sources.apply(new ObjectId("", parts[0], parts[1], parts[2]))
                .orElseThrow(() -> problem(object, reference + " does not exist"));
    }

    private static ObjectStoreException problem(ObjectId object, String what) {
        return new ObjectStoreException(object + ", annotation " + DataAnnotations.CHECKSUM_FROM + ": " + what, null);
    }

    /** What a ConfigMap or a Secret holds, by key. */
    static Map<String, byte[]> data(KubeObject object) {
        boolean secret = object.kind().equals("Secret");
        Map<String, byte[]> all = new TreeMap<>();
        object.members("data").forEach((key, value) -> all.put(key, secret ? decoded(value) : bytes(value)));
        object.members("binaryData").forEach((key, value) -> all.put(key, decoded(value)));
        object.members("stringData").forEach((key, value) -> all.put(key, bytes(value)));
        return all;
    }

    private static byte[] bytes(@Nullable Object value) {
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    /** An API server refuses what is no Base64, and so it says which object is wrong. */
    private static byte[] decoded(@Nullable Object value) {
        try {
            return value instanceof String text ? Base64.getMimeDecoder().decode(text) : new byte[0];
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }
}
