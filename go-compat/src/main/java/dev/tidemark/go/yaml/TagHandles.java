package dev.tidemark.go.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the short forms of tags stand for in one document. */
final class TagHandles {

    private static final Map<String, String> DEFAULTS = Map.of("!", "!", "!!", Tags.PREFIX);

    private final Map<String, String> declared = new HashMap<>();

    void clear() {
        declared.clear();
    }

    /** False if it is declared already. */
    boolean declare(String handle, String prefix) {
        return declared.putIfAbsent(handle, prefix) == null;
    }

    /** The tag in full; null for a handle that nothing declares. */
    @Nullable
    String resolve(Token tag) {
        if (tag.value.isEmpty()) {
            return tag.suffix;
        }
        String prefix = declared.getOrDefault(tag.value, DEFAULTS.get(tag.value));
        return prefix == null ? null : prefix + tag.suffix;
    }
}
