package dev.tidemark.watcher.hook;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 3339 as strictly as Go reads it out of JSON: all of it, an escape sequence is none of it. */
final class GoTime {

    private static final Pattern RFC_3339 = Pattern.compile(
            "\"(\\d{4}-\\d{2}-\\d{2}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d)(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)\"");

    /** A time, or null for none. */
    static final Shape SHAPE = value -> value.isNull() || isTime(value.raw());

    private GoTime() {}

    private static boolean isTime(String written) {
        Matcher time = RFC_3339.matcher(written);
        try {
            if (time.matches()) {
                var unused = LocalDateTime.parse(time.group(1));
                return true;
            }
            return false;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
