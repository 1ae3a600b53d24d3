package dev.tidemark.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of the log, which {@link Instant#toString} wrote, digit by digit: by the JDK's formatter they were a third of
 * all that reading a record takes. Every other text is the formatter's.
 */
final class LogTime {

    /** {@code 2026-01-02T03:04:05Z}: whatever is a fraction comes before the Z. */
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

    private static final int LONGEST_FRACTION = 9;
    private static final int HOURS = 24;
    private static final int SIXTY = 60;
    private static final int TEN = 10;

    private LogTime() {}

    /** @throws DateTimeException for a text that is no RFC 3339 time */
    static Instant parse(String text) {
        Instant written = written(text);
        return written == null ? Instant.parse(text) : written;
    }

    /** @return null for a text that {@link Instant#toString} would not write */
    private static @Nullable Instant written(String text) {
        int end = text.length() - 1;
        int fraction = end - SHAPE.length() - 1;
        boolean shaped = isShaped(text)
                && text.charAt(end) == 'Z'
                && (end == SHAPE.length()
                        || (text.charAt(SHAPE.length()) == '.' && fraction >= 1 && fraction <= LONGEST_FRACTION));
        if (!shaped) {
            return null;
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = 0;
        for (int i = 0; i < LONGEST_FRACTION; i++) {
            int at = SHAPE.length() + 1 + i;
            int digit = at < end ? text.charAt(at) - '0' : 0;
            if (digit < 0 || digit >= TEN) {
                return null;
            }
            nanos = nanos * TEN + digit;
        }
        if (hour >= HOURS || minute >= SIXTY || second >= SIXTY) {
            return null;
        }
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .atTime(hour, minute, second, nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static boolean isShaped(String text) {
        if (text.length() <= SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char wanted = SHAPE.charAt(i);
            char c = text.charAt(i);
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * TEN + (text.charAt(i) - '0');
        }
        return number;
    }

    /** The same for members of events. */
    static final class Deserializer extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Instant written = json.hasToken(JsonToken.VALUE_STRING) ? writtenOrNone(json.getText()) : null;
            return written == null ? InstantDeserializer.INSTANT.deserialize(json, context) : written;
        }

        /** No such day: the formatter says so in its words. */
        private static @Nullable Instant writtenOrNone(String text) {
            try {
                return written(text);
            } catch (DateTimeException noSuchDay) {
                return null;
            }
        }
    }
}
