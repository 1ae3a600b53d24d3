package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.Mark;
import dev.tidemark.go.yaml.ScalarStyle;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds scalars with comments in YAML by the parser's event positions; comments are looked for in the text itself. Files
 * that upstream's reader refuses are refused here too (flux-git-based 17.1).
 */
final class YamlScanner {

    /** A manifest of this size is a mistake or an attack; the largest CRDs have half. */
    static final int MAX_CHARACTERS = 3_000_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

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

        private Level(boolean mapping) {
            this.mapping = mapping;
        }
    }

    private YamlScanner(String text) {
        this.text = text;
    }

    /**
     * The documents that have content.
     *
     * @throws YamlException saying what is wrong: the file is to be left alone
     */
    static List<ScannedDocument> scan(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new YamlException("it has more than " + MAX_CHARACTERS + " characters", 1, 1);
        }
        return new YamlScanner(text).run();
    }

    private List<ScannedDocument> run() {
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            switch (event) {
                case YamlEvent.DocumentStart start -> startDocument(start);
                case YamlEvent.MappingStart start -> push(start.start(), start.anchor(), true);
                case YamlEvent.SequenceStart start -> push(start.start(), start.anchor(), false);
                case YamlEvent.Scalar scalar -> scalar(scalar);
                case YamlEvent.Alias alias -> alias(alias);
                case YamlEvent.CollectionEnd end -> levels.pop();
                case YamlEvent.DocumentEnd end -> {}
            }
        }
        return documents;
    }

    private static YamlException refused(Mark place, String why) {
        return new YamlException(why, place.line(), place.column());
    }

    private void startDocument(YamlEvent.DocumentStart start) {
        if (start.versioned()) {
            throw refused(start.start(), "it has a %YAML directive");
        }
        if (start.explicit() && !isBlankOrComment(lineFrom(start.end()))) {
            throw refused(start.start(), "a separator line has content behind ---");
        }
        document = new ScannedDocument();
    }

    private void alias(YamlEvent.Alias alias) {
        if (!anchors.contains(alias.name())) {
            throw refused(alias.start(), "nothing before it has the anchor '" + alias.name() + "'");
        }
        if (levels.isEmpty()) {
            throw refused(alias.start(), "the root of a document is not a map");
        }
        value(null);
    }

    private void anchor(@Nullable String name) {
        if (name != null) {
            anchors.add(name);
        }
    }

    private void push(Mark place, @Nullable String anchor, boolean mapping) {
        anchor(anchor);
        if (levels.isEmpty()) {
            if (!mapping) {
                throw refused(place, "the root of a document is a list");
            }
            documents.add(document);
        } else {
            if (!mapping
                    && levels.size() == 1
                    && !levels.getFirst().key
                    && levels.getFirst().name.equals("metadata")) {
                throw refused(place, "metadata is not a map");
            }
            value(null);
        }
        levels.push(new Level(mapping));
    }

    private void scalar(YamlEvent.Scalar event) {
        anchor(event.anchor());
        if (levels.isEmpty()) {
            if (!event.value().isEmpty()) {
                throw refused(event.start(), "the root of a document is not a map");
            }
            return;
        }
        value(event);
    }

    /** A value, or a key, of the innermost collection. */
    private void value(YamlEvent.@Nullable Scalar event) {
        Level level = levels.getFirst();
        if (!level.mapping) {
            level.index++;
        } else if (level.key) {
            level.name = event == null ? "" : event.value();
            level.key = false;
            return;
        } else {
            level.key = true;
        }
        if (event != null) {
            keep(event, level);
        }
    }

    private void keep(YamlEvent.Scalar event, Level level) {
        int start = event.start().offset();
        boolean plain = event.style() == ScalarStyle.PLAIN;
        boolean empty = plain && event.value().isEmpty();
        String comment = empty ? null : commentOf(event.style(), start, event.end(), level);
        ScannedScalar scalar = new ScannedScalar(
                start,
                event.end(),
                event.style(),
                event.value(),
                comment,
                item(),
                event.start().line());
        if (comment != null) {
            document.commented.add(scalar);
        }
        remember(scalar, event.start(), plain && NULLS.contains(event.value()));
    }

    private @Nullable String commentOf(ScalarStyle style, int start, int end, Level level) {
        String comment = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED
                ? Comments.ofHeader(lineFrom(start))
                : Comments.behind(text, end);
        return comment == null && !level.mapping ? Comments.above(text, start) : comment;
    }

    /** Keeps what says which object this is. */
    private void remember(ScannedScalar scalar, Mark place, boolean isNull) {
        if (levels.size() == 1 && levels.getFirst().name.equals("metadata") && !isNull) {
            throw refused(place, "metadata is not a map");
        }
        if (isNull) {
            return;
        }
        var names = item() >= 0 && levels.size() > 2
                ? document.items.computeIfAbsent(item(), i -> new HashMap<>())
                : document.identity;
        int depth = item() >= 0 && levels.size() > 2 ? levels.size() - 2 : levels.size();
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

    private String lineFrom(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isBlankOrComment(String rest) {
        String stripped = rest.strip();
        return stripped.isEmpty() || stripped.startsWith("#");
    }
}
