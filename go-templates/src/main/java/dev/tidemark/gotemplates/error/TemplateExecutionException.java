package dev.tidemark.gotemplates.error;

/** The template is well formed, but does not fit the data, or a function failed. */
public sealed class TemplateExecutionException extends TemplateException permits TemplateBoundException {
    public TemplateExecutionException(String template, int line, int column, String text, String problem) {
        super(template, line, column, text, problem);
    }
}
