package dev.tidemark.watcher.hook;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 3339 as Go reads it out of JSON: all of it, an escape sequence is none of it, an hour may have one digit. */
final class GoTime {

    private static final Pattern RFC_3339 =
            Pattern.compile("\"(\\d{4}-\\d{2}-\\d{2})T(?:[01]?\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:[.,]\\d+)?"
                    + "(?:Z|[+-](?:[01]\\d|2[0-4]):(?:[0-5]\\d|60))\"");

    /** Read, but not written by Go. */
    private static final Pattern FAR_OFFSET = Pattern.compile(".*[+-](?:24:\\d\\d|23:60)\"");

    /** A time, or null for none. */
    static final Shape SHAPE = value -> value.isNull() || isTime(value.raw());

    /** A time that Go also writes. */
    static final Shape WRITABLE = value -> value.isNull()
            || (isTime(value.raw()) && !FAR_OFFSET.matcher(value.raw()).matches());

    private GoTime() {}

    private static boolean isTime(String written) {
        Matcher time = RFC_3339.matcher(written);
        try {
            if (time.matches()) {
                var unused = LocalDate.parse(time.group(1));
                return true;
            }
            return false;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
