package dev.tidemark.flux;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret; {@code stringData} wins over {@code data}, as on a cluster. Never printed: its text names the keys only. */
public record SecretContent(
        @Nullable String type,
        @Nullable Map<String, byte[]> data,
        @Nullable Map<String, String> stringData) {

    /**
     * Reads a whole Secret.
     *
     * @throws IllegalArgumentException naming the member, and never its value
     */
    static SecretContent read(JsonNode secret) {
        if (secret.hasNonNull("sops")) {
            throw new IllegalArgumentException("encrypted with SOPS, decrypt it first");
        }
        Map<String, byte[]> data = new HashMap<>();
        members(secret, "data").forEach((key, value) -> {
            byte[] bytes = value.isTextual() ? decode(value.textValue()) : null;
            if (bytes == null) {
                throw new IllegalArgumentException("data." + key + " is not base64 (write it under stringData?)");
            }
            data.put(key, bytes);
        });
        Map<String, String> stringData = new HashMap<>();
        members(secret, "stringData").forEach((key, value) -> {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("stringData." + key + " is not a text: put it in quotes");
            }
            stringData.put(key, value.textValue());
        });
        return new SecretContent(secret.path("type").asText(null), data, stringData);
    }

    private static Map<String, JsonNode> members(JsonNode secret, String name) {
        JsonNode map = secret.path(name);
        if (map.isMissingNode() || map.isNull()) {
            return Map.of();
        }
        if (!map.isObject()) {
            throw new IllegalArgumentException(name + " has to be a map: write KEY: VALUE below it");
        }
        Map<String, JsonNode> members = new HashMap<>();
        map.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /** As Go decodes it: with padding, line breaks do not count. */
    public static byte @Nullable [] decode(String base64) {
        String plain = base64.replace("\r", "").replace("\n", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(plain);
            return plain.length() % 4 == 0 ? bytes : null;
        } catch (IllegalArgumentException other) {
            return null;
        }
    }

    /** What may be kept where Secrets may not. */
    public SecretContent withoutEntries() {
        return new SecretContent(type, null, null);
    }

    /** All entries as bytes. */
    public Map<String, byte[]> entries() {
        Map<String, byte[]> all = new HashMap<>(data == null ? Map.of() : data);
        if (stringData != null) {
            stringData.forEach((key, text) -> all.put(key, text.getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    /** An entry as text, null where there is none. */
    public @Nullable String text(String key) {
        byte[] bytes = entries().get(key);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** By what the entries hold: a Secret that was read again is the same one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretContent secret
                && Objects.equals(type, secret.type)
                && comparable().equals(secret.comparable());
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, comparable());
    }

    private Map<String, ByteBuffer> comparable() {
        Map<String, ByteBuffer> all = new HashMap<>();
        entries().forEach((key, bytes) -> all.put(key, ByteBuffer.wrap(bytes)));
        return all;
    }

    @Override
    public String toString() {
        return "Secret(" + type + ", keys " + entries().keySet() + ")";
    }
}
