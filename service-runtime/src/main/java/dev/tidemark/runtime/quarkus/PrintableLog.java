package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.Printable;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.LogKeys;
import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing into a log that forges its lines or speaks to the terminal of whoever reads it, and masks what looks like
 * a credential, also in the exceptions of libraries. Whoever knows the secrets that were used masks them before. Gives the
 * keys and values of a line to formats that have a place for them, as JSON has.
 */
@LoggingFilter(name = PrintableLog.NAME)
public final class PrintableLog implements Filter {

    static final String NAME = "printable";

    /** Puts parameters into messages of every style. */
    private static final PatternFormatter WORDS = new PatternFormatter("%m");

    private static final Pattern NOT_INDENTED = Pattern.compile("\n(?!  )");

    @Override
    public boolean isLoggable(LogRecord entry) {
        String said = WORDS.formatMessage(entry);
        String message = printable(said);
        Throwable thrown = entry.getThrown();
        String trace = trace(thrown);
        String printableTrace = printable(trace);
        boolean badTrace = !printableTrace.equals(indented(trace)) || forgesLines(trace);
        if (badTrace) {
            entry.setThrown(null);
            say(entry, message + "\n  " + printableTrace);
        } else if (!message.equals(said)) {
            say(entry, message);
        }
        if (entry instanceof ExtLogRecord record) {
            LogKeys.parse(message).forEach(record::putMdc);
        }
        return true;
    }

    private static String printable(String text) {
        return indented(Printable.lines(Redaction.ofUrls().applyToAll(text)));
    }

    /** A line that does not begin a new entry cannot be taken for one. Each handler of a log asks; once is enough. */
    private static String indented(String text) {
        return text.indexOf('\n') < 0 ? text : NOT_INDENTED.matcher(text).replaceAll("\n  ");
    }

    /** Within a trace only a message can begin a line in another way than the trace itself does. */
    private static boolean forgesLines(String trace) {
        return trace.lines().skip(1).anyMatch(line -> !line.startsWith("\t") && !line.startsWith("Caused by: "));
    }

    private static String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static void say(LogRecord entry, String message) {
        if (entry instanceof ExtLogRecord record) {
            record.setMessage(message, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            entry.setMessage(message);
        }
    }
}
