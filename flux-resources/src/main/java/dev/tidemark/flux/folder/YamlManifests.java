package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The documents of a manifest's text. */
final class YamlManifests {

    /** Manifests hardly use aliases; each can multiply what it names. */
    private static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(ManifestReader.MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setSchema(new CoreSchema())
            .build();

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

        /** From 1, 0 where it is not known. */
        int line() {
            return line;
        }
    }

    static List<ManifestDocument> read(String text) throws Broken {
        List<ManifestDocument> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                Object value = new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node));
                if (value != null) {
                    JsonNode object = FluxJson.json().valueToTree(value);
                    documents.add(new ManifestDocument(object, lineOf(node), path -> line(node, path)));
                }
            }
            return documents;
        } catch (MarkedYamlEngineException broken) {
            throw new Broken(
                    broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                    "not valid YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new Broken(0, "not valid YAML: " + broken.getMessage());
        } catch (IllegalArgumentException noJson) {
            // what has no JSON form: too deep, a list inside itself, a key that is null
            throw new Broken(0, "not readable as a manifest: it is nested too deeply, or has a key that is no text");
        } catch (StackOverflowError tooDeep) {
            throw new Broken(0, "not readable: nested too deeply");
        }
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int line(Node root, List<Object> path) {
        Node here = root;
        int line = lineOf(root);
        for (Object step : path) {
            NodeTuple found = null;
            if (step instanceof Integer index
                    && here instanceof SequenceNode list
                    && index < list.getValue().size()) {
                here = list.getValue().get(index);
                line = lineOf(here);
                continue;
            }
            if (here instanceof MappingNode map) {
                for (NodeTuple tuple : map.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(step)) {
                        found = tuple;
                    }
                }
            }
            if (found == null) {
                return line;
            }
            line = lineOf(found.getKeyNode());
            here = found.getValueNode();
        }
        return line;
    }
}
