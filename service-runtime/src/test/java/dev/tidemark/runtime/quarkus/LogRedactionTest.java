package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogRedactionTest {

    @Test
    void masksMessagesParametersAndWhatExceptionsTell() {
        LogRecord record = new LogRecord(Level.WARNING, "cannot reach https://me:hush@h/x: {0}");
        record.setParameters(new Object[] {"ssh://git:hush@h"});
        record.setThrown(new IllegalStateException(
                "outer", new IllegalArgumentException("sent Authorization: Basic bWU6aHVzaA==")));

        assertThat(new PrintableLog().isLoggable(record)).isTrue();

        assertThat(record.getThrown()).isNull();
        assertThat(record.getMessage())
                .startsWith("cannot reach https://***@h/x: ssh://***@h")
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.lang.IllegalArgumentException: sent Authorization: Basic ***")
                .doesNotContain("hush", "bWU6aHVzaA");
    }

    @Test
    void leavesAnExceptionAloneThatTellsNothing() {
        LogRecord record = new LogRecord(Level.INFO, "all is well");
        RuntimeException thrown = new IllegalStateException("but not here");
        record.setThrown(thrown);
        assertThat(new PrintableLog().isLoggable(record)).isTrue();
        assertThat(record.getThrown()).isSameAs(thrown);
    }
}
