package dev.tidemark.cli.tree;

import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads YAML as kubectl does, and JSON as a part of it. */
public final class Yaml {

    /** As the services bound a manifest. */
    private static final int MAX_CHARACTERS = 3_000_000;
    /** Far deeper than any object, far shallower than the stack of what walks the trees. */
    private static final int MAX_DEPTH = 200;

    private Yaml() {}

    /**
     * The documents that are maps, with the items of a {@code List} as documents of their own.
     *
     * @throws IllegalArgumentException where the text is not YAML
     */
    public static List<Tree> documents(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("not read: longer than " + MAX_CHARACTERS + " characters");
        }
        List<Tree> documents = new ArrayList<>();
        try {
            YamlReader reader = new YamlReader(text, YamlDialect.KUBERNETES, MAX_DEPTH);
            for (YamlReader.Document document = reader.next(); document != null; document = reader.next()) {
                if (document.value() instanceof Map<?, ?> map) {
                    add(Tree.of(map), documents);
                }
            }
        } catch (YamlException broken) {
            throw new IllegalArgumentException("not valid YAML: " + broken.getMessage(), broken);
        }
        return documents;
    }

    private static void add(Tree document, List<Tree> documents) {
        if (document.text("kind").equals("List") && document.find("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    add(Tree.of(map), documents);
                }
            }
        } else {
            documents.add(document);
        }
    }

    /** Block style, one line per scalar, with a line break at the end. */
    public static String write(Object value) {
        return YamlWriter.write(value);
    }
}
