package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/** A piece of the grammar. Mutable while it is scanned; lines and columns are counted from 0. */
final class Token {

    /** What a token is. */
    enum Kind {
        STREAM_END,
        VERSION_DIRECTIVE,
        TAG_DIRECTIVE,
        DOCUMENT_START,
        DOCUMENT_END,
        BLOCK_SEQUENCE_START,
        BLOCK_MAPPING_START,
        BLOCK_END,
        FLOW_SEQUENCE_START,
        FLOW_SEQUENCE_END,
        FLOW_MAPPING_START,
        FLOW_MAPPING_END,
        BLOCK_ENTRY,
        FLOW_ENTRY,
        KEY,
        VALUE,
        ALIAS,
        ANCHOR,
        TAG,
        SCALAR
    }

    final Kind kind;
    final int start;
    final int line;
    final int column;
    int end;
    /** Name of an anchor, handle of a tag, text of a scalar, version of a directive. */
    String value = "";
    /** What stands behind the handle of a tag. */
    String suffix = "";

    ScalarStyle style = ScalarStyle.PLAIN;
    /** Of a block scalar: where its header's line ends, and where its body begins. */
    int headerEnd;

    int bodyStart;
    /** Of a plain scalar: whether line breaks follow it. */
    boolean brokeLine;
    /** The key that may begin here; the token is not given away before that is known. */
    @Nullable
    SimpleKey key;

    Token(Kind kind, int start, int line, int column) {
        this.kind = kind;
        this.start = start;
        this.line = line;
        this.column = column;
        this.end = start;
    }

    static Token at(Source source, Kind kind) {
        return new Token(kind, source.position, source.line, source.column());
    }

    Mark startMark() {
        return new Mark(start, line + 1, column + 1);
    }

    /** Of a token on one line. */
    Mark endMark() {
        return new Mark(end, line + 1, column + 1 + end - start);
    }
}
