package dev.tidemark.policies.inputs;

import dev.tidemark.go.yaml.write.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an input provider puts into its status.
 *
 * @param inputs in order; values are texts, numbers, booleans, lists, maps and null
 * @param revision {@code sha256:} and the hash of the list's YAML: changes when the list does
 */
public record ExportedInputs(List<Map<String, @Nullable Object>> inputs, String revision) {

    /**
     * Of a provider over tags: {@code id}, {@code tag}, {@code digest}, and the defaults for missing keys
     * (spec flux-gitless 1.3, 1.8).
     *
     * @param digestOf the digest of a tag, known to the caller; asked once per selected tag
     */
    public static ExportedInputs ofTags(
            List<String> tags, UnaryOperator<String> digestOf, Map<String, ? extends @Nullable Object> defaultValues) {
        List<Map<String, @Nullable Object>> inputs = new ArrayList<>();
        for (String tag : tags) {
            inputs.add(merged(defaultValues, Map.of("id", InputId.of(tag), "tag", tag, "digest", digestOf.apply(tag))));
        }
        return of(inputs);
    }

    /** Of a {@code Static} provider: its defaults and an id from the object's UID. */
    public static ExportedInputs ofStatic(String uid, Map<String, ? extends @Nullable Object> defaultValues) {
        return of(List.of(merged(defaultValues, Map.of("id", InputId.of(uid)))));
    }

    /** Of a list made elsewhere, as other providers return it. */
    public static ExportedInputs of(List<Map<String, @Nullable Object>> inputs) {
        return new ExportedInputs(List.copyOf(inputs), revisionOf(inputs));
    }

    private static Map<String, @Nullable Object> merged(
            Map<String, ? extends @Nullable Object> defaultValues, Map<String, String> own) {
        Map<String, @Nullable Object> merged = new TreeMap<>(defaultValues);
        merged.putAll(own);
        return Collections.unmodifiableMap(merged);
    }

    private static String revisionOf(List<Map<String, @Nullable Object>> inputs) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(YamlWriter.render(inputs).getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
