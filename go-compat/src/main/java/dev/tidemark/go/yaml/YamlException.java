package dev.tidemark.go.yaml;

/** A text that Go's YAML refuses, or that is over a bound. Says what is wrong and where. */
public final class YamlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String problem;
    private final int line;
    private final int column;

    /** Also for a reader that refuses more than Go does; lines and columns are counted from 1. */
    public YamlException(String problem, int line, int column) {
        super("line " + line + ": " + problem);
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1, in UTF-16 units. */
    public int column() {
        return column;
    }
}
