package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.Mark;
import dev.tidemark.go.yaml.ScalarStyle;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlEvent.Alias;
import dev.tidemark.go.yaml.YamlEvent.CollectionEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentStart;
import dev.tidemark.go.yaml.YamlEvent.MappingStart;
import dev.tidemark.go.yaml.YamlEvent.Scalar;
import dev.tidemark.go.yaml.YamlEvent.SequenceStart;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds scalars with comments in YAML by the positions of the parser's events; comments are looked for in the text itself.
 * Files that upstream's reader refuses are refused here too (flux-git-based 17.1).
 */
final class YamlScanner {

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

    /** What upstream's reader takes for the line between two documents, before it parses anything. */
    private static final Pattern SEPARATOR = Pattern.compile("\n---([^\n]*)\n");

    /** Of what an object has at least one. */
    private static final Set<String> NAMES = Set.of("apiVersion", "kind", "metadata");

    /** The document, its items, the item. */
    private static final int ITEM_DEPTH = 3;

    private final String text;
    private final List<ScannedDocument> documents = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Set<String> anchors = new HashSet<>();
    private ScannedDocument document = new ScannedDocument();

    /** A collection being read: what is next in it. */
    private static final class Level {
        private final boolean mapping;
        private boolean key = true;
        private String name = "";
        private int index = -1;
        private int column;

        /** Of a map's keys; of two equal ones upstream visits only the first. */
        private final Set<String> names;

        private boolean repeated;
        private boolean shadowed;

        private Level(boolean mapping) {
            this.mapping = mapping;
            this.names = mapping ? new HashSet<>() : Set.of();
        }
    }

    private YamlScanner(String text) {
        this.text = text;
    }

    /** @throws UneditableException saying what is wrong: the file is to be left alone */
    static ScannedFile scan(String text) throws UneditableException {
        Matcher separators = SEPARATOR.matcher(text);
        boolean alone = true;
        while (separators.find()) {
            alone = false;
            if (!isBlankOrComment(separators.group(1))) {
                throw new UneditableException(
                        lineOf(text, separators.start() + 1), "a separator line has content behind ---");
            }
        }
        YamlScanner scanner = new YamlScanner(text);
        try {
            scanner.run(new YamlParser(text, YamlDialect.KYAML));
        } catch (YamlException broken) {
            throw new UneditableException(broken.line(), broken.problem());
        }
        return new ScannedFile(scanner.documents, alone);
    }

    private void run(YamlParser parser) throws UneditableException {
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            switch (event) {
                case DocumentStart start -> startDocument(start);
                case MappingStart start -> push(start.start(), start.anchor(), true);
                case SequenceStart start -> push(start.start(), start.anchor(), false);
                case Scalar scalar -> scalar(scalar);
                case Alias alias -> alias(alias);
                case CollectionEnd end -> levels.pop();
                case DocumentEnd end -> {}
            }
        }
    }

    private void startDocument(DocumentStart start) throws UneditableException {
        if (start.versioned()) {
            throw new UneditableException(start.start().line(), "it has a %YAML directive");
        }
        if (start.explicit() && !isBlankOrComment(text.substring(start.end(), Comments.lineEnd(text, start.end())))) {
            throw new UneditableException(start.start().line(), "a separator line has content behind ---");
        }
        document = new ScannedDocument();
        anchors.clear();
    }

    private void push(Mark start, @Nullable String anchor, boolean mapping) throws UneditableException {
        anchor(anchor);
        if (levels.isEmpty()) {
            if (!mapping) {
                throw new UneditableException(start.line(), "the root of a document is a list");
            }
            documents.add(document);
        } else {
            if (!mapping && isMetadata()) {
                throw new UneditableException(start.line(), "metadata is not a map");
            }
            noteItem(start, mapping);
            value(start, null);
        }
        Level inner = new Level(mapping);
        inner.shadowed = !levels.isEmpty() && isShadowed(levels.getFirst());
        levels.push(inner);
    }

    private void scalar(Scalar scalar) throws UneditableException {
        anchor(scalar.anchor());
        if (levels.isEmpty()) {
            if (!scalar.value().isEmpty()) {
                throw new UneditableException(scalar.start().line(), "the root of a document is not a map");
            }
            return;
        }
        noteItem(scalar.start(), false);
        value(scalar.start(), scalar);
    }

    private void alias(Alias alias) throws UneditableException {
        if (!anchors.contains(alias.name())) {
            throw new UneditableException(alias.start().line(), "nothing before has the anchor &" + alias.name());
        }
        if (!levels.isEmpty()) {
            noteItem(alias.start(), false);
            value(alias.start(), null);
        }
    }

    private void anchor(@Nullable String anchor) {
        if (anchor != null) {
            anchors.add(anchor);
        }
    }

    /** An element of {@code items} that is no map; or a member of items that are a map themselves. */
    private void noteItem(Mark start, boolean mapping) {
        if (levels.size() != 2 || !levels.getLast().name.equals("items")) {
            return;
        }
        if (mapping && !levels.getFirst().mapping) {
            document.nameless.put(levels.getFirst().index + 1, start.line());
        } else if (document.strangeItem == 0) {
            document.strangeItem = start.line();
        }
    }

    /** A value, or a key, of the innermost collection. */
    private void value(Mark start, @Nullable Scalar scalar) throws UneditableException {
        Level level = levels.getFirst();
        if (!level.mapping) {
            level.index++;
        } else if (level.key) {
            level.name = scalar == null ? "" : scalar.value();
            level.column = start.column() - 1;
            level.key = false;
            level.repeated = !level.names.add(level.name);
            if (levels.size() == 1) {
                document.members.add(level.name);
            } else if (levels.size() == ITEM_DEPTH && NAMES.contains(level.name)) {
                document.nameless.remove(item());
            }
            return;
        } else {
            level.key = true;
        }
        if (scalar != null) {
            keep(scalar, level);
        }
    }

    private static boolean isShadowed(Level level) {
        return level.shadowed || (level.mapping && level.repeated);
    }

    /** The column of the dash before an item: asked for only of blocks of text, which have it close by. */
    private int dashColumn(Mark start) {
        int dash = text.lastIndexOf('-', start.offset() - 1);
        return dash < 0 ? 0 : dash - Comments.lineStart(text, dash);
    }

    private void keep(Scalar scalar, Level level) throws UneditableException {
        boolean empty = scalar.style() == ScalarStyle.PLAIN && scalar.value().isEmpty();
        String comment = empty ? null : commentOf(scalar, level);
        ScannedScalar scanned = new ScannedScalar(
                scalar,
                comment,
                item(),
                level.mapping || scalar.block() == null ? level.column : dashColumn(scalar.start()));
        if (comment != null && !isShadowed(level)) {
            document.commented.add(scanned);
        }
        boolean isNull = scalar.untyped() && NULL.matcher(scalar.value()).matches();
        if (isMetadata() && !isNull) {
            throw new UneditableException(scalar.start().line(), "metadata is not a map");
        }
        if (!isNull) {
            remember(scanned);
        }
    }

    private boolean isMetadata() {
        return levels.size() == 1 && levels.getFirst().name.equals("metadata");
    }

    private @Nullable String commentOf(Scalar scalar, Level level) {
        YamlEvent.Block block = scalar.block();
        String comment = block != null
                ? Comments.ofHeader(text.substring(scalar.content(), block.headerEnd()))
                : Comments.behind(text, scalar.end());
        return comment == null && !level.mapping
                ? Comments.above(text, scalar.start().offset())
                : comment;
    }

    /** Keeps what says which object this is. */
    private void remember(ScannedScalar scalar) {
        boolean inItem = item() >= 0 && levels.size() > 2;
        var names = inItem ? document.items.computeIfAbsent(item(), i -> new HashMap<>()) : document.identity;
        int depth = inItem ? levels.size() - 2 : levels.size();
        String name = levels.getFirst().name;
        if (depth == 1 && (name.equals("apiVersion") || name.equals("kind"))) {
            names.putIfAbsent(name, scalar);
        } else if (depth == 2 && parentIs("metadata") && (name.equals("name") || name.equals("namespace"))) {
            names.putIfAbsent(name, scalar);
        } else if (levels.size() == 3 && parentIs("annotations") && outermost("metadata")) {
            document.annotations.put(name, scalar.value());
        }
    }

    private boolean parentIs(String key) {
        var outward = levels.iterator();
        outward.next();
        return outward.hasNext() && outward.next().name.equals(key);
    }

    private boolean outermost(String key) {
        return levels.getLast().name.equals(key);
    }

    /** The index in {@code items} of a root map, or -1. */
    private int item() {
        if (levels.size() < 2 || !levels.getLast().name.equals("items")) {
            return -1;
        }
        var inward = levels.descendingIterator();
        inward.next();
        Level items = inward.next();
        return items.mapping ? -1 : items.index;
    }

    private static int lineOf(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static boolean isBlankOrComment(String rest) {
        String stripped = rest.strip();
        return stripped.isEmpty() || stripped.startsWith("#");
    }
}
