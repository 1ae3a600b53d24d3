package dev.tidemark.committer.setters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds scalars with comments in YAML by the parser's event positions; comments are looked for in the text itself. Files
 * that upstream's reader refuses are refused here too (flux-git-based 17.1).
 */
final class YamlScanner {

    /** A manifest of this size is a mistake or an attack; the largest CRDs have half. */
    static final int MAX_CHARACTERS = 3_000_000;

    /** Far deeper than any manifest; deeper nesting costs the parser quadratic time. */
    private static final int MAX_DEPTH = 1000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setParseComments(false)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();

    private final String text;
    private final int @Nullable [] offsets;
    private final List<ScannedDocument> documents = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
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
        this.offsets = offsetsOf(text);
    }

    /**
     * The documents that have content.
     *
     * @throws YamlEngineException saying what is wrong: the file is to be left alone
     */
    static List<ScannedDocument> scan(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new YamlEngineException("it has more than " + MAX_CHARACTERS + " characters");
        }
        try {
            return new YamlScanner(text).run(text);
        } catch (YamlEngineException broken) {
            String untabbed = text.replace(":\t", ": ");
            if (untabbed.equals(text)) {
                throw broken;
            }
            // Go's reader takes tabs behind a colon, this parser does not; the offsets stay.
            return new YamlScanner(text).run(untabbed);
        }
    }

    private List<ScannedDocument> run(String parsed) {
        for (Event event : new Parse(SETTINGS).parseString(parsed)) {
            switch (event) {
                case DocumentStartEvent start -> startDocument(start);
                case MappingStartEvent start -> push(true);
                case SequenceStartEvent start -> push(false);
                case ScalarEvent scalar -> scalar(scalar);
                case AliasEvent alias -> value(null);
                default -> {
                    if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
                        levels.pop();
                    }
                }
            }
        }
        return documents;
    }

    private void startDocument(DocumentStartEvent start) {
        if (start.getSpecVersion().isPresent()) {
            throw new YamlEngineException("it has a %YAML directive");
        }
        int end = offset(start.getEndMark().orElseThrow());
        if (start.isExplicit() && !isBlankOrComment(lineFrom(end))) {
            throw new YamlEngineException("a separator line has content behind ---");
        }
        document = new ScannedDocument();
    }

    private void push(boolean mapping) {
        if (levels.isEmpty()) {
            if (!mapping) {
                throw new YamlEngineException("the root of a document is a list");
            }
            documents.add(document);
        } else {
            if (!mapping
                    && levels.size() == 1
                    && !levels.getFirst().key
                    && levels.getFirst().name.equals("metadata")) {
                throw new YamlEngineException("metadata is not a map");
            }
            value(null);
        }
        if (levels.size() >= MAX_DEPTH) {
            throw new YamlEngineException("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        levels.push(new Level(mapping));
    }

    private void scalar(ScalarEvent event) {
        if (levels.isEmpty()) {
            if (!event.getValue().isEmpty()) {
                throw new YamlEngineException("the root of a document is not a map");
            }
            return;
        }
        value(event);
    }

    /** A value, or a key, of the innermost collection. */
    private void value(@Nullable ScalarEvent event) {
        Level level = levels.getFirst();
        if (!level.mapping) {
            level.index++;
        } else if (level.key) {
            level.name = event == null ? "" : event.getValue();
            level.key = false;
            return;
        } else {
            level.key = true;
        }
        if (event != null) {
            keep(event, level);
        }
    }

    private void keep(ScalarEvent event, Level level) {
        Mark startMark = event.getStartMark().orElseThrow();
        int start = offset(startMark);
        int end = offset(event.getEndMark().orElseThrow());
        boolean empty = event.isPlain() && event.getValue().isEmpty();
        String comment = empty ? null : commentOf(event.getScalarStyle(), start, end, level);
        ScannedScalar scalar = new ScannedScalar(
                start, end, event.getScalarStyle(), event.getValue(), comment, item(), startMark.getLine() + 1);
        if (comment != null) {
            document.commented.add(scalar);
        }
        remember(scalar, event.isPlain() && (empty || event.getValue().matches("~|null|Null|NULL")));
    }

    private @Nullable String commentOf(ScalarStyle style, int start, int end, Level level) {
        String comment = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED
                ? Comments.ofHeader(lineFrom(start))
                : Comments.behind(text, end);
        return comment == null && !level.mapping ? Comments.above(text, start) : comment;
    }

    /** Keeps what says which object this is. */
    private void remember(ScannedScalar scalar, boolean isNull) {
        if (levels.size() == 1 && levels.getFirst().name.equals("metadata") && !isNull) {
            throw new YamlEngineException("metadata is not a map");
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

    private int offset(Mark mark) {
        return offsets == null ? mark.getIndex() : offsets[mark.getIndex()];
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

    /** The parser counts code points: character offset of each, or null where both are the same. */
    private static int @Nullable [] offsetsOf(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return null;
        }
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at = Math.min(text.length(), at + (at < text.length() ? Character.charCount(text.codePointAt(at)) : 0));
        }
        return offsets;
    }
}
