package dev.tidemark.renderer.yaml;

import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.PlainScalar;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Composes with SnakeYAML Engine and types the scalars itself, as go-yaml v2 does. Anchors are expanded within a bound;
 * of equal keys the last one counts.
 */
public final class SnakeYamlDocuments implements YamlDocuments {

    /** No set of objects that a cluster takes comes near it. */
    private static final int MAX_CHARACTERS = 16 * 1024 * 1024;
    /** Values after the expansion of anchors: a bomb of a few lines has billions. */
    private static final int MAX_VALUES = 2_000_000;
    /** Uses of anchors are cheap until they are expanded, which has its own bound. */
    private static final int MAX_ALIASES = 10_000;
    /** Far deeper than any object, far shallower than the stack. */
    private static final int MAX_DEPTH = 200;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setSchema(new UntypedSchema())
            .build();

    @Override
    public @Nullable Object first(String text) {
        try {
            Iterator<Node> nodes =
                    new Compose(SETTINGS).composeAllFromString(text).iterator();
            return nodes.hasNext() ? new Conversion().value(nodes.next(), 0) : null;
        } catch (MarkedYamlEngineException broken) {
            String line = broken.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw new InvalidYamlException(line + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new InvalidYamlException(String.valueOf(broken.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new InvalidYamlException("nested too deeply");
        }
    }

    private static final class Conversion {
        private int values;

        @Nullable
        Object value(Node node, int depth) {
            if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
                throw new InvalidYamlException(
                        depth > MAX_DEPTH
                                ? "nested more than " + MAX_DEPTH + " deep"
                                : "more than " + MAX_VALUES + " values, with anchors expanded");
            }
            return switch (node) {
                case ScalarNode scalar -> scalar(scalar);
                case SequenceNode sequence -> list(sequence, depth);
                case MappingNode mapping -> {
                    Map<String, @Nullable Object> map = new TreeMap<>();
                    fill(map, mapping, depth);
                    yield map;
                }
                default -> throw new InvalidYamlException("line " + line(node) + ": an alias that leads nowhere");
            };
        }

        private List<@Nullable Object> list(SequenceNode sequence, int depth) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(value(element, depth + 1));
            }
            return list;
        }

        private void fill(Map<String, @Nullable Object> map, MappingNode mapping, int depth) {
            for (NodeTuple entry : mapping.getValue()) {
                if (isMerge(entry.getKeyNode())) {
                    merge(map, entry.getValueNode(), depth + 1);
                } else {
                    map.put(key(entry.getKeyNode()), value(entry.getValueNode(), depth + 1));
                }
            }
        }

        private void merge(Map<String, @Nullable Object> map, Node node, int depth) {
            switch (node) {
                case MappingNode one when depth <= MAX_DEPTH -> fill(map, one, depth);
                case SequenceNode several
                when depth <= MAX_DEPTH -> several.getValue().reversed().forEach(one -> merge(map, one, depth + 1));
                default ->
                    throw new InvalidYamlException(
                            "line " + line(node) + ": '<<' merges a map or a list of maps, not this");
            }
        }

        private static boolean isMerge(Node key) {
            return key instanceof ScalarNode scalar
                    && scalar.getTag().equals(UntypedSchema.PLAIN)
                    && scalar.getValue().equals("<<");
        }

        private static String key(Node node) {
            Object key = node instanceof ScalarNode scalar ? scalar(scalar) : null;
            if (key == null) {
                throw new InvalidYamlException("line " + line(node) + ": a key must be text, a number or a boolean");
            }
            return key.toString();
        }

        private static @Nullable Object scalar(ScalarNode node) {
            String text = node.getValue();
            Tag tag = node.getTag();
            Object value;
            if (tag.equals(UntypedSchema.PLAIN)) {
                value = PlainScalar.value(text);
            } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL) || tag.equals(Tag.NULL)) {
                value = explicit(node, PlainScalar.value(text));
            } else if (tag.equals(Tag.BINARY)) {
                value = binary(node);
            } else {
                value = text;
            }
            if (value instanceof Double number && !Double.isFinite(number)) {
                throw new InvalidYamlException("line " + line(node) + ": '" + text + "' has no JSON form");
            }
            return value;
        }

        private static @Nullable Object explicit(ScalarNode node, @Nullable Object value) {
            Tag tag = node.getTag();
            boolean fits = tag.equals(Tag.NULL)
                    ? value == null
                    : tag.equals(Tag.BOOL)
                            ? value instanceof Boolean
                            : tag.equals(Tag.INT) ? value instanceof Long : value instanceof Number;
            if (!fits) {
                throw new InvalidYamlException("line " + line(node) + ": '" + node.getValue() + "' is not a " + tag);
            }
            return value;
        }

        private static String binary(ScalarNode node) {
            try {
                return new String(Base64.getMimeDecoder().decode(node.getValue()), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new InvalidYamlException("line " + line(node) + ": !!binary needs base64");
            }
        }

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }
    }
}
