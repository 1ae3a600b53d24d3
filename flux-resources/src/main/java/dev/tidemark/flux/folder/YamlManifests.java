package dev.tidemark.flux.folder;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlNode;
import dev.tidemark.go.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The documents of a manifest's text, as Kubernetes reads it. */
final class YamlManifests {

    /** No definition goes deeper than twenty; what walks a tree by calling itself has room for this. */
    private static final int MAX_DEPTH = 500;

    private YamlManifests() {}

    /** The text is no YAML: which line, and why. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String why;

        Broken(int line, String why) {
            super(why);
            this.line = line;
            this.why = why;
        }

        /** The problem, as people read it. */
        String why() {
            return why;
        }

        /** From 1. */
        int line() {
            return line;
        }
    }

    static List<ManifestDocument> read(String text) throws Broken {
        List<ManifestDocument> documents = new ArrayList<>();
        try {
            YamlReader reader = new YamlReader(text, YamlDialect.KUBERNETES, MAX_DEPTH);
            YamlReader.Document next = reader.next();
            while (next != null) {
                YamlNode root = next.root();
                if (next.value() != null) {
                    documents.add(new ManifestDocument(
                            FluxJson.json().valueToTree(next.value()),
                            next.line(),
                            path -> line(root, path),
                            repeated(root)));
                }
                next = reader.next();
            }
            return documents;
        } catch (YamlException broken) {
            throw new Broken(broken.line(), "not valid YAML: " + broken.problem());
        }
    }

    private static NavigableMap<Integer, String> repeated(YamlNode root) {
        NavigableMap<Integer, String> repeated = new TreeMap<>();
        collect(root, repeated);
        return repeated;
    }

    /** What an alias names is looked at where it is written. */
    private static void collect(YamlNode node, Map<Integer, String> repeated) {
        if (node instanceof YamlNode.Mapping map) {
            Set<String> keys = new HashSet<>();
            for (int i = 0; i + 1 < map.children().size(); i += 2) {
                if (map.children().get(i) instanceof YamlEvent.Scalar key && !keys.add(key.value())) {
                    repeated.put(key.start().line(), key.value());
                }
                collect(map.children().get(i + 1), repeated);
            }
        } else if (node instanceof YamlNode.Sequence list) {
            list.children().forEach(child -> collect(child, repeated));
        }
    }

    private static int line(YamlNode root, List<Object> path) {
        YamlNode here = root;
        int line = root.start().line();
        for (Object step : path) {
            YamlNode place = here instanceof YamlNode.Alias alias ? alias.target() : here;
            YamlNode found = null;
            if (step instanceof Integer index
                    && place instanceof YamlNode.Sequence list
                    && index < list.children().size()) {
                found = list.children().get(index);
                line = found.start().line();
            } else if (place instanceof YamlNode.Mapping map) {
                // of equal keys the last one counts
                for (int i = 0; i + 1 < map.children().size(); i += 2) {
                    if (map.children().get(i) instanceof YamlEvent.Scalar key
                            && key.value().equals(step)) {
                        found = map.children().get(i + 1);
                        line = key.start().line();
                    }
                }
            }
            if (found == null) {
                return line;
            }
            here = found;
        }
        return line;
    }
}
