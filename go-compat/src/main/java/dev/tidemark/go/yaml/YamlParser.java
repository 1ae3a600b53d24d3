package dev.tidemark.go.yaml;

import dev.tidemark.go.yaml.Token.Kind;
import dev.tidemark.go.yaml.YamlEvent.CollectionEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentStart;
import dev.tidemark.go.yaml.YamlEvent.MappingStart;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The events of a text, one at a time, in time linear in its length. Nesting takes heap, never stack, and is bounded by
 * 10,000 brackets and 10,000 steps of indentation, as in Go.
 */
public final class YamlParser {

    private static final String VERSION = "1.1";

    /** What is expected next. */
    private enum State {
        DOCUMENT_START,
        DOCUMENT_CONTENT,
        DOCUMENT_END,
        BLOCK_NODE,
        BLOCK_SEQUENCE_FIRST,
        BLOCK_SEQUENCE,
        INDENTLESS_SEQUENCE,
        BLOCK_MAPPING_FIRST,
        BLOCK_MAPPING_KEY,
        BLOCK_MAPPING_VALUE,
        FLOW_SEQUENCE_FIRST,
        FLOW_SEQUENCE,
        PAIR_KEY,
        PAIR_VALUE,
        PAIR_END,
        FLOW_MAPPING_FIRST,
        FLOW_MAPPING_KEY,
        FLOW_MAPPING_VALUE,
        FLOW_MAPPING_NO_VALUE,
        END
    }

    private final Source source;
    private final Scanner scanner;
    private final TagHandles handles = new TagHandles();
    private final NodeParser nodes;
    private final Deque<State> outer = new ArrayDeque<>();
    private State state = State.DOCUMENT_START;
    private boolean firstDocument = true;

    /** A byte order mark at the start of the text is skipped; it counts in offsets. */
    public YamlParser(String text, YamlDialect dialect) {
        source = new Source(text);
        scanner = new Scanner(source, dialect);
        nodes = new NodeParser(source, scanner, handles);
    }

    /**
     * The next event, null at the end of the text.
     *
     * @throws YamlException if the text goes on in a way that Go refuses
     */
    public @Nullable YamlEvent next() {
        return switch (state) {
            case DOCUMENT_START -> documentStart();
            case DOCUMENT_CONTENT -> documentContent();
            case DOCUMENT_END -> documentEnd();
            case BLOCK_NODE -> node(true, false);
            case BLOCK_SEQUENCE_FIRST, BLOCK_SEQUENCE -> blockSequence();
            case INDENTLESS_SEQUENCE -> indentlessSequence();
            case BLOCK_MAPPING_FIRST, BLOCK_MAPPING_KEY -> blockMappingKey();
            case BLOCK_MAPPING_VALUE -> blockMappingValue();
            case FLOW_SEQUENCE_FIRST, FLOW_SEQUENCE -> flowSequence();
            case PAIR_KEY -> pairKey();
            case PAIR_VALUE -> flowValue(State.PAIR_END, Kind.FLOW_SEQUENCE_END);
            case PAIR_END -> {
                state = State.FLOW_SEQUENCE;
                yield new CollectionEnd(scanner.peek().startMark());
            }
            case FLOW_MAPPING_FIRST, FLOW_MAPPING_KEY -> flowMappingKey();
            case FLOW_MAPPING_VALUE -> flowValue(State.FLOW_MAPPING_KEY, Kind.FLOW_MAPPING_END);
            case FLOW_MAPPING_NO_VALUE -> {
                state = State.FLOW_MAPPING_KEY;
                yield NodeParser.empty(scanner.peek().startMark());
            }
            case END -> null;
        };
    }

    private @Nullable YamlEvent documentStart() {
        while (!firstDocument && scanner.peek().kind == Kind.DOCUMENT_END) {
            scanner.take();
        }
        Token token = scanner.peek();
        boolean marked = token.kind == Kind.VERSION_DIRECTIVE
                || token.kind == Kind.TAG_DIRECTIVE
                || token.kind == Kind.DOCUMENT_START;
        if (token.kind == Kind.STREAM_END) {
            state = State.END;
            return null;
        }
        outer.push(State.DOCUMENT_END);
        if (firstDocument && !marked) {
            firstDocument = false;
            state = State.BLOCK_NODE;
            return new DocumentStart(token.startMark(), token.start, false, false);
        }
        firstDocument = false;
        boolean versioned = directives();
        Token start = scanner.peek();
        if (start.kind != Kind.DOCUMENT_START) {
            throw error(
                    start, "a document ends before this: what follows needs '---' before it, or is not indented right");
        }
        scanner.take();
        state = State.DOCUMENT_CONTENT;
        return new DocumentStart(token.startMark(), start.end, true, versioned);
    }

    private boolean directives() {
        boolean versioned = false;
        while (true) {
            Token token = scanner.peek();
            if (token.kind == Kind.VERSION_DIRECTIVE) {
                if (versioned || !token.value.equals(VERSION)) {
                    throw error(
                            token,
                            versioned ? "a second %YAML directive" : "%YAML says another version than " + VERSION);
                }
                versioned = true;
            } else if (token.kind == Kind.TAG_DIRECTIVE) {
                if (!handles.declare(token.value, token.suffix)) {
                    throw error(token, "a second %TAG directive for " + token.value);
                }
            } else {
                return versioned;
            }
            scanner.take();
        }
    }

    private YamlEvent documentContent() {
        Token token = scanner.peek();
        return switch (token.kind) {
            case VERSION_DIRECTIVE, TAG_DIRECTIVE, DOCUMENT_START, DOCUMENT_END, STREAM_END -> {
                state = outer.pop();
                yield NodeParser.empty(token.startMark());
            }
            default -> node(true, false);
        };
    }

    private YamlEvent documentEnd() {
        Mark mark = scanner.peek().startMark();
        if (scanner.peek().kind == Kind.DOCUMENT_END) {
            scanner.take();
        }
        handles.clear();
        state = State.DOCUMENT_START;
        return new DocumentEnd(mark);
    }

    /** A value; what state follows it lies on the stack unless a collection begins. */
    private YamlEvent node(boolean block, boolean indentless) {
        YamlEvent event = nodes.parse(block, indentless);
        state = switch (nodes.begun) {
            case NOTHING -> outer.pop();
            case INDENTLESS_SEQUENCE -> State.INDENTLESS_SEQUENCE;
            case BLOCK_SEQUENCE -> State.BLOCK_SEQUENCE_FIRST;
            case BLOCK_MAPPING -> State.BLOCK_MAPPING_FIRST;
            case FLOW_SEQUENCE -> State.FLOW_SEQUENCE_FIRST;
            case FLOW_MAPPING -> State.FLOW_MAPPING_FIRST;
        };
        return event;
    }

    private YamlEvent nodeThen(State after, boolean block, boolean indentless) {
        outer.push(after);
        return node(block, indentless);
    }

    private YamlEvent emptyThen(State after, Mark mark) {
        state = after;
        return NodeParser.empty(mark);
    }

    private YamlEvent blockSequence() {
        if (state == State.BLOCK_SEQUENCE_FIRST) {
            scanner.take();
        }
        Token token = scanner.take();
        if (token.kind == Kind.BLOCK_END) {
            state = outer.pop();
            return new CollectionEnd(token.startMark());
        }
        if (token.kind != Kind.BLOCK_ENTRY) {
            throw error(token, "an entry of the list ('-') is missing, or this line is not indented right");
        }
        Kind next = scanner.peek().kind;
        return next == Kind.BLOCK_ENTRY || next == Kind.BLOCK_END
                ? emptyThen(State.BLOCK_SEQUENCE, token.endMark())
                : nodeThen(State.BLOCK_SEQUENCE, true, false);
    }

    private YamlEvent indentlessSequence() {
        Token token = scanner.peek();
        if (token.kind != Kind.BLOCK_ENTRY) {
            state = outer.pop();
            return new CollectionEnd(token.startMark());
        }
        scanner.take();
        Kind next = scanner.peek().kind;
        return next == Kind.BLOCK_ENTRY || endsEntry(next)
                ? emptyThen(State.INDENTLESS_SEQUENCE, token.endMark())
                : nodeThen(State.INDENTLESS_SEQUENCE, true, false);
    }

    private static boolean endsEntry(Kind kind) {
        return kind == Kind.KEY || kind == Kind.VALUE || kind == Kind.BLOCK_END;
    }

    private YamlEvent blockMappingKey() {
        if (state == State.BLOCK_MAPPING_FIRST) {
            scanner.take();
        }
        Token token = scanner.take();
        if (token.kind == Kind.BLOCK_END) {
            state = outer.pop();
            return new CollectionEnd(token.startMark());
        }
        if (token.kind != Kind.KEY) {
            throw error(token, "a key is expected here: is the line indented right, or a quote missing before it?");
        }
        return endsEntry(scanner.peek().kind)
                ? emptyThen(State.BLOCK_MAPPING_VALUE, token.endMark())
                : nodeThen(State.BLOCK_MAPPING_VALUE, true, true);
    }

    private YamlEvent blockMappingValue() {
        Token token = scanner.peek();
        if (token.kind != Kind.VALUE) {
            return emptyThen(State.BLOCK_MAPPING_KEY, token.startMark());
        }
        scanner.take();
        return endsEntry(scanner.peek().kind)
                ? emptyThen(State.BLOCK_MAPPING_KEY, token.endMark())
                : nodeThen(State.BLOCK_MAPPING_KEY, true, true);
    }

    private YamlEvent flowSequence() {
        Token token = nextInFlow(state == State.FLOW_SEQUENCE_FIRST, Kind.FLOW_SEQUENCE_END, "]");
        if (token.kind == Kind.FLOW_SEQUENCE_END) {
            scanner.take();
            state = outer.pop();
            return new CollectionEnd(token.startMark());
        }
        if (token.kind == Kind.KEY) {
            scanner.take();
            state = State.PAIR_KEY;
            return new MappingStart(token.startMark(), null, null, true);
        }
        return nodeThen(State.FLOW_SEQUENCE, false, false);
    }

    /** The token behind an opening bracket or a comma. */
    private Token nextInFlow(boolean first, Kind end, String bracket) {
        if (first) {
            scanner.take();
        } else if (scanner.peek().kind != end) {
            if (scanner.peek().kind != Kind.FLOW_ENTRY) {
                throw error(scanner.peek(), "',' or '" + bracket + "' is missing before this");
            }
            scanner.take();
        }
        return scanner.peek();
    }

    private YamlEvent pairKey() {
        Token token = scanner.peek();
        if (token.kind == Kind.VALUE || token.kind == Kind.FLOW_ENTRY || token.kind == Kind.FLOW_SEQUENCE_END) {
            // As libyaml has it: the token is gone, and what follows is most often refused.
            scanner.take();
            return emptyThen(State.PAIR_VALUE, token.endMark());
        }
        return nodeThen(State.PAIR_VALUE, false, false);
    }

    private YamlEvent flowMappingKey() {
        Token token = nextInFlow(state == State.FLOW_MAPPING_FIRST, Kind.FLOW_MAPPING_END, "}");
        if (token.kind == Kind.FLOW_MAPPING_END) {
            scanner.take();
            state = outer.pop();
            return new CollectionEnd(token.startMark());
        }
        if (token.kind != Kind.KEY) {
            return nodeThen(State.FLOW_MAPPING_NO_VALUE, false, false);
        }
        scanner.take();
        Token key = scanner.peek();
        return key.kind == Kind.VALUE || key.kind == Kind.FLOW_ENTRY || key.kind == Kind.FLOW_MAPPING_END
                ? emptyThen(State.FLOW_MAPPING_VALUE, key.startMark())
                : nodeThen(State.FLOW_MAPPING_VALUE, false, false);
    }

    private YamlEvent flowValue(State after, Kind end) {
        if (scanner.peek().kind == Kind.VALUE) {
            scanner.take();
            Kind next = scanner.peek().kind;
            if (next != Kind.FLOW_ENTRY && next != end) {
                return nodeThen(after, false, false);
            }
        }
        return emptyThen(after, scanner.peek().startMark());
    }

    private YamlException error(Token token, String problem) {
        return source.error(problem, token.line, token.column);
    }
}
