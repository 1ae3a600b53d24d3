package dev.tidemark.go.yaml;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time as yaml.v3 takes one: a date, or a date and a time behind {@code T} with a zone, or behind a blank without one.
 *
 * @param rfc3339 in the form that Go's JSON gives it
 */
record Timestamp(String rfc3339) {

    private static final int YEAR_DIGITS = 4;
    private static final int MAX_FRACTION_DIGITS = 9;

    static @Nullable Timestamp parse(String text) {
        if (text.length() < "2001-1-1".length() || text.charAt(YEAR_DIGITS) != '-') {
            return null;
        }
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private int at;
        private boolean failed;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        Timestamp read() {
            int year = number(YEAR_DIGITS, YEAR_DIGITS, 9999);
            expect('-');
            int month = number(1, 2, 12);
            expect('-');
            int day = number(1, 2, 31);
            if (failed
                    || month == 0
                    || day == 0
                    || day > YearMonth.of(year, month).lengthOfMonth()) {
                return null;
            }
            String date = LocalDate.of(year, month, day).toString();
            if (at == text.length()) {
                return new Timestamp(date + "T00:00:00Z");
            }
            char separator = text.charAt(at++);
            while (separator == ' ' && at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int hour = number(1, 2, 23);
            expect(':');
            int minute = number(1, 2, 59);
            expect(':');
            int second = number(1, 2, 59);
            String fraction = fraction();
            String zone = separator == ' ' ? "Z" : separator == 'T' || separator == 't' ? zone() : null;
            if (failed || zone == null || at != text.length()) {
                return null;
            }
            String time = String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second);
            return new Timestamp(date + "T" + time + fraction + zone);
        }

        private int number(int least, int most, int max) {
            int from = at;
            int value = 0;
            while (at < text.length() && at - from < most && Chars.isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            failed |= at - from < least || value > max;
            return value;
        }

        private void expect(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
            } else {
                failed = true;
            }
        }

        /** With its point and without zeros at its end. */
        private String fraction() {
            if (at + 1 >= text.length()
                    || (text.charAt(at) != '.' && text.charAt(at) != ',')
                    || !Chars.isDigit(text.charAt(at + 1))) {
                return "";
            }
            int from = ++at;
            while (at < text.length() && Chars.isDigit(text.charAt(at))) {
                at++;
            }
            // Go reads over digits below a nanosecond.
            int to = Math.min(at, from + MAX_FRACTION_DIGITS);
            while (to > from && text.charAt(to - 1) == '0') {
                to--;
            }
            return to == from ? "" : "." + text.substring(from, to);
        }

        private @Nullable String zone() {
            if (at < text.length() && text.charAt(at) == 'Z') {
                at++;
                return "Z";
            }
            if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
                return null;
            }
            int from = at++;
            int hours = number(2, 2, 23);
            expect(':');
            int minutes = number(2, 2, 59);
            return hours == 0 && minutes == 0 ? "Z" : text.substring(from, at);
        }
    }
}
