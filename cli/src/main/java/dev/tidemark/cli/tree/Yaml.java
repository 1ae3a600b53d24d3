package dev.tidemark.cli.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML, and JSON as a part of it, and writes YAML as kubectl does. */
public final class Yaml {

    /** As the services bound a manifest. */
    private static final int MAX_CHARACTERS = 3_000_000;

    private static final LoadSettings LOAD = LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setSchema(new CoreSchema())
            .build();

    private Yaml() {}

    /**
     * The documents that are maps, with the items of a {@code List} as documents of their own.
     *
     * @throws IllegalArgumentException where the text is not YAML
     */
    public static List<Tree> documents(String text) {
        List<Tree> documents = new ArrayList<>();
        try {
            for (Object document : new Load(LOAD).loadAllFromString(text)) {
                if (document instanceof Map<?, ?> map) {
                    add(Tree.of(map), documents);
                }
            }
        } catch (YamlEngineException | StackOverflowError broken) {
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
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSchema(new CoreSchema())
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(value);
    }
}
