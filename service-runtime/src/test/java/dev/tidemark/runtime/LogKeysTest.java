package dev.tidemark.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class LogKeysTest {

    @Test
    void aLineIsKeysAndValues() {
        assertThat(LogKeys.line(
                        "reconcile-failed",
                        LogKeys.RESOURCE,
                        "ResourceSet/apps/api",
                        LogKeys.REASON,
                        "no \"room\" left"))
                .isEqualTo("event=reconcile-failed resource=ResourceSet/apps/api reason=\"no \\\"room\\\" left\"");
    }

    @Test
    void whatIsEmptyOrWouldEndAValueIsQuoted() {
        assertThat(LogKeys.line("e", LogKeys.REASON, "", LogKeys.COUNT, 3, LogKeys.FEED, "a=b"))
                .isEqualTo("event=e reason=\"\" count=3 feed=\"a=b\"");
    }

    /** Whoever looks through a log reads what was written, whatever is in it. */
    @Test
    void aLineIsReadBack() {
        String line = LogKeys.line(
                "a-b", "plain", "x/y:1", "spaced", "a b", "quoted", "say \"no\" \\ = 5", "left out", null, "empty", "");
        assertThat(LogKeys.parse(line))
                .containsExactly(
                        entry("event", "a-b"),
                        entry("plain", "x/y:1"),
                        entry("spaced", "a b"),
                        entry("quoted", "say \"no\" \\ = 5"),
                        entry("empty", ""));
        assertThat(LogKeys.parse("some other text with a=b")).isEmpty();
        assertThat(LogKeys.parse("event=cut reason=\"a b")).containsExactly(entry("event", "cut"));
    }
}
