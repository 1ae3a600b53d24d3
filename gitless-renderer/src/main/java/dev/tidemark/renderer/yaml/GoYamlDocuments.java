package dev.tidemark.renderer.yaml;

import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads as {@code sigs.k8s.io/yaml} does; maps are sorted by their keys, as in Go's JSON. */
public final class GoYamlDocuments implements YamlDocuments {

    /** No set of objects that a cluster takes comes near it. */
    private static final int MAX_CHARACTERS = 16 * 1024 * 1024;
    /** Far deeper than any object, far shallower than the stack. */
    private static final int MAX_DEPTH = 200;

    @Override
    public @Nullable Object first(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidYamlException("longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            YamlReader.Document document = new YamlReader(text, YamlDialect.KUBERNETES, MAX_DEPTH).next();
            return document == null ? null : sorted(document.value());
        } catch (YamlException broken) {
            throw new InvalidYamlException("line " + broken.line() + ": " + broken.problem());
        }
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, entry) -> sorted.put((String) key, sorted(entry)));
                yield sorted;
            }
            case List<?> list -> {
                List<@Nullable Object> entries = new ArrayList<>(list.size());
                list.forEach(entry -> entries.add(sorted(entry)));
                yield entries;
            }
            case null, default -> value;
        };
    }
}
