package dev.tidemark.gotemplates.error;

/**
 * A template that does not parse or whose execution failed; the only kind of exception that the engine throws for
 * bad templates and bad data. {@link #getMessage()} has everything in one line.
 */
public abstract sealed class TemplateException extends RuntimeException
        permits TemplateParseException, TemplateExecutionException {
    private final String template;
    private final int line;
    private final int column;
    private final String text;
    private final String problem;

    TemplateException(String template, int line, int column, String text, String problem) {
        super("template: " + template + ":" + line + ":" + column + ": " + (text.isEmpty() ? "" : "at <" + text + ">: ")
                + problem);
        this.template = template;
        this.line = line;
        this.column = column;
        this.text = text;
        this.problem = problem;
    }

    /** The name of the template; of a {@code define} its own name. */
    public String template() {
        return template;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1, in characters. */
    public int column() {
        return column;
    }

    /** The piece of the template that is meant, shortened; empty if there is none. */
    public String text() {
        return text;
    }

    /** What is wrong and what was expected, without the place. */
    public String problem() {
        return problem;
    }
}
