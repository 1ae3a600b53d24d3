package dev.tidemark.go.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the events of documents together to trees. */
final class Composer {

    private final YamlParser parser;
    private final YamlDialect dialect;
    private final Map<String, YamlNode> anchors = new HashMap<>();

    Composer(String text, YamlDialect dialect) {
        this.parser = new YamlParser(text, dialect);
        this.dialect = dialect;
    }

    /** The root of the next document, null behind the last one. */
    @Nullable
    YamlNode next() {
        if (parser.next() == null) {
            return null;
        }
        if (dialect == YamlDialect.KUBERNETES) {
            // yaml.v3 keeps the anchors of the documents before.
            anchors.clear();
        }
        YamlNode root = node(event());
        compose(root);
        parser.next();
        return root;
    }

    private void compose(YamlNode root) {
        Deque<YamlNode.Collection> open = new ArrayDeque<>();
        open(root, open);
        while (!open.isEmpty()) {
            YamlEvent event = event();
            if (event instanceof YamlEvent.CollectionEnd) {
                open.pop();
            } else {
                YamlNode node = node(event);
                open.element().add(node);
                open(node, open);
            }
        }
    }

    private static void open(YamlNode node, Deque<YamlNode.Collection> open) {
        if (node instanceof YamlNode.Collection collection) {
            open.push(collection);
        }
    }

    private YamlEvent event() {
        YamlEvent event = parser.next();
        if (event == null) {
            throw new IllegalStateException("a document without an end");
        }
        return event;
    }

    private YamlNode node(YamlEvent event) {
        return switch (event) {
            case YamlEvent.Scalar scalar -> anchored(scalar.anchor(), scalar);
            case YamlEvent.MappingStart(Mark start, String anchor, String tag, boolean flow) ->
                anchored(anchor, new YamlNode.Mapping(start, tag));
            case YamlEvent.SequenceStart(Mark start, String anchor, String tag, boolean flow) ->
                anchored(anchor, new YamlNode.Sequence(start, tag));
            case YamlEvent.Alias(Mark start, int end, String name) -> alias(start, name);
            case YamlEvent.DocumentStart start -> throw new IllegalStateException("a document in a document");
            case YamlEvent.DocumentEnd end -> throw new IllegalStateException("a document without a value");
            case YamlEvent.CollectionEnd end -> throw new IllegalStateException("an end without a beginning");
        };
    }

    private YamlNode anchored(@Nullable String anchor, YamlNode node) {
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private YamlNode alias(Mark start, String name) {
        YamlNode target = anchors.get(name);
        if (target == null) {
            throw new YamlException(
                    "nothing before this has the anchor '" + name + "': put text that begins with '*' in quotes",
                    start.line(),
                    start.column());
        }
        return new YamlNode.Alias(start, name, target);
    }
}
