package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.CommitMessages;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.Template;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import dev.tidemark.gotemplates.error.TemplateParseException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commit messages from Go templates; the output is the message to the byte. */
public final class TemplateMessages implements CommitMessages {

    private static final String DEFAULT = "Update from image update automation";

    private final TemplateEngine engine;

    public TemplateMessages(Clock clock) {
        this.engine = TemplateEngine.builder()
                .functions(FunctionSet.commitMessage())
                .clock(clock)
                .build();
    }

    @Override
    public String render(AutomationPlan plan, TreeUpdate update) {
        var git = plan.automation().spec().git();
        String text = git == null ? null : git.commit().messageTemplate();
        Map<String, String> values = git == null ? null : git.commit().messageTemplateValues();
        return render(
                text,
                MessageData.of(
                        plan.automation().namespace(),
                        plan.automation().name(),
                        update.changes(),
                        values == null ? Map.of() : values));
    }

    String render(@Nullable String text, MessageData data) {
        return parse(text == null || text.isEmpty() ? DEFAULT : text, data);
    }

    private String parse(String text, MessageData data) {
        Template template;
        try {
            template = engine.parse("commit message", text);
        } catch (TemplateParseException e) {
            throw new MessageException("unable to create commit message template from spec: " + e.getMessage());
        }
        try {
            return template.render(data);
        } catch (TemplateExecutionException e) {
            throw new MessageException("failed to run template from spec: " + e.getMessage());
        }
    }
}
