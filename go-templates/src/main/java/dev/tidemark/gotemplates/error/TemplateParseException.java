package dev.tidemark.gotemplates.error;

/** The text is not a template. */
public final class TemplateParseException extends TemplateException {
    public TemplateParseException(String template, int line, int column, String text, String problem) {
        super(template, line, column, text, problem);
    }
}
