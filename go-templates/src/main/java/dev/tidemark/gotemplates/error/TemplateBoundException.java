package dev.tidemark.gotemplates.error;

import dev.tidemark.gotemplates.limits.Bounds;

/** The execution was stopped because it went over one of the {@link Bounds}. */
public final class TemplateBoundException extends TemplateExecutionException {
    public TemplateBoundException(String template, int line, int column, String text, String problem) {
        super(template, line, column, text, problem);
    }
}
