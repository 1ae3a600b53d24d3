package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What comes from outside neither speaks to the reader's terminal nor looks like an entry of its own. */
class PrintableLogTest {

    private static final String FORGED = "\n2026-11-22 10:00:00,000 INFO  [dev.tidemark] all is well";

    private static LogRecord filtered(LogRecord record) {
        assertThat(new PrintableLog().isLoggable(record)).isTrue();
        return record;
    }

    @Test
    void takesEscapeSequencesOutOfMessages() {
        LogRecord record = filtered(new LogRecord(Level.INFO, "tag \u001b[2J\u0007\u202Eevil\r\u009b31m"));
        assertThat(record.getMessage()).isEqualTo("tag \\u001b[2J\\u0007\\u202eevil\\u000d\\u009b31m");
    }

    @Test
    void takesThemOutOfParametersToo() {
        var record = new ExtLogRecord(
                Level.INFO, "asked for %s", ExtLogRecord.FormatStyle.PRINTF, PrintableLogTest.class.getName());
        record.setParameters(new Object[] {"\u001b]0;title\u0007"});
        assertThat(filtered(record).getMessage()).isEqualTo("asked for \\u001b]0;title\\u0007");
    }

    @Test
    void indentsAForgedLine() {
        LogRecord record = filtered(new LogRecord(Level.INFO, "who: someone" + FORGED));
        assertThat(record.getMessage()).isEqualTo("who: someone\n  " + FORGED.substring(1));
    }

    @Test
    void indentsALineThatAnExceptionForges() {
        var record = new LogRecord(Level.WARNING, "failed");
        record.setThrown(new IllegalStateException("why", new IllegalStateException("because\u001b[1m" + FORGED)));
        filtered(record);
        assertThat(record.getThrown()).isNull();
        assertThat(record.getMessage())
                .startsWith("failed\n  java.lang.IllegalStateException: why\n  \tat ")
                .contains("because\\u001b[1m\n  " + FORGED.substring(1));
    }

    /** It has no escape sequence and no secret: the indent alone is missing. */
    @Test
    void indentsAlsoWhereNothingElseIsWrong() {
        var record = new LogRecord(Level.WARNING, "failed");
        record.setThrown(new IllegalStateException("because" + FORGED));
        filtered(record);
        assertThat(printed(record).lines()).noneMatch(line -> line.startsWith("2026-11-22"));
    }

    private static String printed(LogRecord record) {
        return record.getThrown() == null ? record.getMessage() : record.getMessage() + '\n' + record.getThrown();
    }

    @Test
    void masksUserInformationEverywhere() {
        var record = new LogRecord(Level.WARNING, "cannot reach amqp://me:hush@h/x");
        record.setThrown(new IllegalStateException("redirect to ssh://git:hush@h/x"));
        filtered(record);
        assertThat(printed(record)).contains("amqp://***@h/x", "ssh://***@h/x").doesNotContain("hush");
    }

    @Test
    void leavesWhatIsHarmless() {
        var record = new LogRecord(Level.INFO, "müde bin ich: 100 % {0}");
        assertThat(filtered(record).getMessage()).isEqualTo("müde bin ich: 100 % {0}");
    }
}
