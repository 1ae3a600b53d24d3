package dev.tidemark.go.yaml;

import dev.tidemark.go.yaml.Token.Kind;
import dev.tidemark.go.yaml.YamlEvent.Alias;
import dev.tidemark.go.yaml.YamlEvent.Block;
import dev.tidemark.go.yaml.YamlEvent.MappingStart;
import dev.tidemark.go.yaml.YamlEvent.Scalar;
import dev.tidemark.go.yaml.YamlEvent.SequenceStart;
import org.jspecify.annotations.Nullable;

/** The start of one value: its anchor and tag, and then a scalar, an alias or the start of a collection. */
final class NodeParser {

    /** What kind of collection the last value begins. */
    enum Begun {
        NOTHING,
        INDENTLESS_SEQUENCE,
        BLOCK_SEQUENCE,
        BLOCK_MAPPING,
        FLOW_SEQUENCE,
        FLOW_MAPPING
    }

    Begun begun = Begun.NOTHING;

    private final Source source;
    private final Scanner scanner;
    private final TagHandles handles;

    NodeParser(Source source, Scanner scanner, TagHandles handles) {
        this.source = source;
        this.scanner = scanner;
        this.handles = handles;
    }

    static Scalar empty(Mark mark) {
        return new Scalar(mark, mark.offset(), mark.offset(), ScalarStyle.PLAIN, "", null, null, true, null);
    }

    YamlEvent parse(boolean block, boolean indentless) {
        begun = Begun.NOTHING;
        Token token = scanner.peek();
        if (token.kind == Kind.ALIAS) {
            scanner.take();
            return new Alias(token.startMark(), token.end, token.value);
        }
        Mark start = token.startMark();
        String anchor = null;
        String tag = null;
        int end = token.start;
        if (token.kind == Kind.ANCHOR || token.kind == Kind.TAG) {
            for (int i = 0; i < 2; i++) {
                if (token.kind == Kind.ANCHOR && anchor == null) {
                    anchor = token.value;
                } else if (token.kind == Kind.TAG && tag == null) {
                    tag = tagOf(token);
                } else {
                    break;
                }
                end = token.end;
                scanner.take();
                token = scanner.peek();
            }
        }
        return content(token, start, anchor, tag, end, block, indentless);
    }

    private String tagOf(Token token) {
        String tag = handles.resolve(token);
        if (tag == null || tag.isEmpty()) {
            throw source.error("no %TAG directive declares " + token.value, token.line, token.column);
        }
        return tag;
    }

    private YamlEvent content(
            Token token,
            Mark start,
            @Nullable String anchor,
            @Nullable String tag,
            int end,
            boolean block,
            boolean indentless) {
        if (indentless && token.kind == Kind.BLOCK_ENTRY) {
            begun = Begun.INDENTLESS_SEQUENCE;
            return new SequenceStart(start, anchor, tag, false);
        }
        if (token.kind == Kind.SCALAR) {
            scanner.take();
            return scalar(token, start, anchor, tag);
        }
        if (token.kind == Kind.FLOW_SEQUENCE_START) {
            begun = Begun.FLOW_SEQUENCE;
            return new SequenceStart(start, anchor, tag, true);
        }
        if (token.kind == Kind.FLOW_MAPPING_START) {
            begun = Begun.FLOW_MAPPING;
            return new MappingStart(start, anchor, tag, true);
        }
        if (block && token.kind == Kind.BLOCK_SEQUENCE_START) {
            begun = Begun.BLOCK_SEQUENCE;
            return new SequenceStart(start, anchor, tag, false);
        }
        if (block && token.kind == Kind.BLOCK_MAPPING_START) {
            begun = Begun.BLOCK_MAPPING;
            return new MappingStart(start, anchor, tag, false);
        }
        if (anchor != null || tag != null) {
            return new Scalar(start, end, end, ScalarStyle.PLAIN, "", anchor, tag, tag == null, null);
        }
        throw source.error(misplaced(token), token.line, token.column);
    }

    private static Scalar scalar(Token token, Mark start, @Nullable String anchor, @Nullable String tag) {
        boolean untyped = tag == null && token.style == ScalarStyle.PLAIN;
        Block block = token.style.isBlock() ? new Block(token.headerEnd, token.bodyStart) : null;
        return new Scalar(start, token.start, token.end, token.style, token.value, anchor, tag, untyped, block);
    }

    private static String misplaced(Token token) {
        return switch (token.kind) {
            case STREAM_END -> "the text ends where a value is expected: is a bracket not closed?";
            case FLOW_ENTRY -> "a value is missing before ','";
            case FLOW_SEQUENCE_END, FLOW_MAPPING_END ->
                "a closing bracket that nothing opens, or a value is missing before it";
            case BLOCK_END, DOCUMENT_START, DOCUMENT_END ->
                "the line ends where a value is expected: is a bracket not closed, or is this line not indented enough?";
            case ANCHOR, TAG, ALIAS -> "one value has a second anchor or tag, or an alias has one";
            default -> "a value is expected here: put text that begins with this character in quotes";
        };
    }
}
