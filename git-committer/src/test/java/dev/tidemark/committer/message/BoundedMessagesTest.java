package dev.tidemark.committer.message;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.committer.domain.CommitMessages.MessageException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template costs the run of its automation, whatever it asks for. */
class BoundedMessagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range 1000000000}}{{end}}",
                "{{range 1000000000}}0123456789{{end}}",
                "{{repeat 1000000000 \"x\"}}",
                "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}",
                "{{$s := \"x\"}}{{range 100}}{{$s = print $s $s}}{{end}}"
            })
    void aTemplateThatDoesNotEndOrPrintsMegabytes(String template) {
        TemplateMessages messages = new TemplateMessages(Clock.systemUTC());
        MessageData data = MessageData.of("apps", "auto", List.of(), Map.of());

        assertThatThrownBy(() -> messages.render(template, data)).isInstanceOf(MessageException.class);
    }
}
