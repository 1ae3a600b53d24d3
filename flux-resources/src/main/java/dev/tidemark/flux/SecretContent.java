package dev.tidemark.flux;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Secret; {@code stringData} wins over {@code data}, as on a cluster. Never printed: its text names the keys only. */
public record SecretContent(
        @Nullable String type,
        @Nullable Map<String, byte[]> data,
        @Nullable Map<String, String> stringData) {

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

    @Override
    public String toString() {
        return "Secret(" + type + ", keys " + entries().keySet() + ")";
    }
}
