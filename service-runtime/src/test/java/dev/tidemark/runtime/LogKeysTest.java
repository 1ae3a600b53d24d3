package dev.tidemark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
}
