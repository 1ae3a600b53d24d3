package dev.tidemark.gotemplates.parse;

/** What begins and ends an action. */
public record Delimiters(String left, String right) {
    public static final Delimiters USUAL = new Delimiters("{{", "}}");

    /** An empty side means the usual one, as in Go. */
    public Delimiters {
        left = left.isEmpty() ? "{{" : left;
        right = right.isEmpty() ? "}}" : right;
    }
}
