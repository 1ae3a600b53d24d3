package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text on its way to a date: reads one piece of the layout after the other, with Go's rules for each. */
final class GoDateReading {
    private static final int NANO_DIGITS = 9;
    /** Two digits from here on are years of the last century. */
    private static final int LAST_CENTURY = 69;

    private static final int UNSET = -1;

    private final String layout;
    private final String text;
    private int at;
    private int year;
    private int month = UNSET;
    private int day = UNSET;
    private int dayOfYear = UNSET;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private boolean morning;
    private boolean afternoon;
    private boolean utc;
    private @Nullable Integer offset;
    private String zoneName = "";

    GoDateReading(String layout, String text) {
        this.layout = layout;
        this.text = text;
    }

    private FunctionException wrong(String piece) {
        return new FunctionException("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \""
                + text.substring(Math.min(at, text.length())) + "\" as \"" + piece + "\"");
    }

    private FunctionException outOfRange(String what) {
        return new FunctionException("parsing time \"" + text + "\": " + what + " out of range");
    }

    /** @param next the piece behind this one, or null */
    void piece(GoLayout.Piece piece, GoLayout.@Nullable Piece next) {
        if (piece.literal()) {
            literal(piece.text());
            return;
        }
        if (piece.isFraction()) {
            fraction(piece);
            return;
        }
        switch (piece.text()) {
            case "January" -> month = 1 + oneOf(piece, 12, i -> GoLayout.name(Month.of(i + 1)));
            case "Jan" ->
                month = 1 + oneOf(piece, 12, i -> GoLayout.name(Month.of(i + 1)).substring(0, 3));
            case "Monday" -> oneOf(piece, 7, i -> GoLayout.name(DayOfWeek.of(i + 1)));
            case "Mon" ->
                oneOf(piece, 7, i -> GoLayout.name(DayOfWeek.of(i + 1)).substring(0, 3));
            case "2006" -> year = digits(piece, 4, 4);
            case "06" -> {
                int two = digits(piece, 2, 2);
                year = two >= LAST_CENTURY ? 1900 + two : 2000 + two;
            }
            case "01", "1" -> month = ranged(piece, "month", 1, 12);
            case "_2", "02", "2" -> {
                skipBlanks(piece.text().equals("_2") ? 1 : 0);
                day = digits(piece, piece.text().equals("02") ? 2 : 1, 2);
            }
            case "002", "__2" -> {
                skipBlanks(piece.text().equals("__2") ? 2 : 0);
                dayOfYear = digits(piece, piece.text().equals("002") ? 3 : 1, 3);
            }
            case "15" -> {
                hour = digits(piece, 1, 2);
                check(hour, "hour", 0, 23);
            }
            case "03", "3" -> hour = ranged(piece, "hour", 0, 12);
            case "04", "4" -> minute = ranged(piece, "minute", 0, 59);
            case "05", "5" -> {
                second = ranged(piece, "second", 0, 59);
                if (next == null || !next.isFraction()) {
                    extraFraction();
                }
            }
            case "PM" -> half(piece, "AM", "PM");
            case "pm" -> half(piece, "am", "pm");
            case "MST" -> zoneName(piece);
            default -> offset(piece);
        }
    }

    /** Any number of blanks stands for any number of blanks; where the text has ended they may be missing. */
    private void literal(String wanted) {
        for (int i = 0; i < wanted.length(); ) {
            if (wanted.charAt(i) == ' ') {
                if (at < text.length() && text.charAt(at) != ' ') {
                    throw wrong(wanted);
                }
                i = pastBlanks(wanted, i);
                at = pastBlanks(text, at);
            } else if (at < text.length() && text.charAt(at) == wanted.charAt(i)) {
                i++;
                at++;
            } else {
                throw wrong(wanted);
            }
        }
    }

    private static int pastBlanks(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private void skipBlanks(int most) {
        for (int i = 0; i < most && at < text.length() && text.charAt(at) == ' '; i++) {
            at++;
        }
    }

    /** A number that must have as many digits as the piece where that begins with a zero. */
    private int ranged(GoLayout.Piece piece, String what, int least, int most) {
        int value = digits(piece, piece.text().length(), 2);
        check(value, what, least, most);
        return value;
    }

    private void check(int value, String what, int least, int most) {
        if (value < least || value > most) {
            throw outOfRange(what);
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private int digitsEnd(int from, int most) {
        int end = from;
        while (end - from < most && isDigit(end)) {
            end++;
        }
        return end;
    }

    private int digits(GoLayout.Piece piece, int least, int most) {
        int end = digitsEnd(at, most);
        if (end - at < least) {
            throw wrong(piece.text());
        }
        int value = Integer.parseInt(text, at, end, 10);
        at = end;
        return value;
    }

    private interface Names {
        String get(int index);
    }

    private int oneOf(GoLayout.Piece piece, int count, Names names) {
        for (int i = 0; i < count; i++) {
            String name = names.get(i);
            if (text.regionMatches(true, at, name, 0, name.length())) {
                at += name.length();
                return i;
            }
        }
        throw wrong(piece.text());
    }

    private void half(GoLayout.Piece piece, String first, String second) {
        morning |= text.startsWith(first, at);
        afternoon |= text.startsWith(second, at);
        if (!text.startsWith(first, at) && !text.startsWith(second, at)) {
            throw wrong(piece.text());
        }
        at += 2;
    }

    private boolean isPoint(int index) {
        return index < text.length() && (text.charAt(index) == '.' || text.charAt(index) == ',');
    }

    /** Go takes a fraction behind the seconds even if the layout has none. */
    private void extraFraction() {
        if (isPoint(at) && isDigit(at + 1)) {
            nano(digitsEnd(at + 1, Integer.MAX_VALUE));
        }
    }

    private void fraction(GoLayout.Piece piece) {
        if (piece.text().charAt(1) == '9') {
            extraFraction();
            return;
        }
        int end = at + piece.text().length();
        if (!isPoint(at) || digitsEnd(at + 1, piece.text().length() - 1) != end) {
            throw wrong(piece.text());
        }
        nano(end);
    }

    private void nano(int end) {
        String digits = text.substring(at + 1, Math.min(end, at + 1 + NANO_DIGITS));
        nano = Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length()));
        at = end;
    }

    private void zoneName(GoLayout.Piece piece) {
        if (text.startsWith("UTC", at)) {
            at += 3;
            utc = true;
            return;
        }
        int length = GoZoneName.length(text.substring(Math.min(at, text.length())));
        if (length == 0) {
            throw wrong(piece.text());
        }
        zoneName = text.substring(at, at + length);
        at += length;
    }

    private void offset(GoLayout.Piece piece) {
        if (piece.text().startsWith("Z") && text.startsWith("Z", at)) {
            at++;
            utc = true;
            return;
        }
        String shape = piece.text().substring(1).replaceAll("[0-9]", "0");
        int end = at + 1 + shape.length();
        if (end > text.length() || "+-".indexOf(text.charAt(at)) < 0) {
            throw wrong(piece.text());
        }
        String given = text.substring(at + 1, end);
        if (!given.replaceAll("[0-9]", "0").equals(shape)) {
            throw wrong(piece.text());
        }
        String plain = (given.replace(":", "") + "0000").substring(0, 6);
        List<Integer> parts = List.of(
                Integer.parseInt(plain, 0, 2, 10),
                Integer.parseInt(plain, 2, 4, 10),
                Integer.parseInt(plain, 4, 6, 10));
        // Not 23 and 59: some people write 24 hours, 60 minutes or 60 seconds.
        check(parts.get(0), "time zone offset hour", 0, 24);
        check(parts.get(1), "time zone offset minute", 0, 60);
        check(parts.get(2), "time zone offset second", 0, 60);
        int seconds = parts.get(0) * 3600 + parts.get(1) * 60 + parts.get(2);
        offset = text.charAt(at) == '-' ? -seconds : seconds;
        at = end;
    }

    /** @param zone for dates that do not name one */
    GoTime finish(ZoneId zone) {
        if (at < text.length()) {
            throw new FunctionException("parsing time \"" + text + "\": extra text: \"" + text.substring(at) + "\"");
        }
        if (afternoon && hour < 12) {
            hour += 12;
        } else if (morning && hour == 12) {
            hour = 0;
        }
        try {
            var local = date().atTime(LocalTime.of(hour, minute, second, nano));
            if (utc) {
                return new GoTime(local, 0, "UTC");
            }
            if (offset != null) {
                return new GoTime(local, offset, offset == 0 && zoneName.isEmpty() ? "UTC" : zoneName);
            }
            if (!zoneName.isEmpty()) {
                int seconds = GoZoneName.hours(zoneName) * 3600;
                // The date is read as one of UTC and then shown at the offset.
                return new GoTime(local.plusSeconds(seconds), seconds, zoneName);
            }
            int seconds = local.atZone(zone).getOffset().getTotalSeconds();
            return new GoTime(local, seconds, seconds == 0 ? "UTC" : "");
        } catch (DateTimeException e) {
            throw new FunctionException("parsing time \"" + text + "\": out of range: " + e.getMessage());
        }
    }

    /** A day of the year decides, and a month and day beside it must be the same. */
    private LocalDate date() {
        if (dayOfYear == UNSET) {
            return LocalDate.of(year, month == UNSET ? 1 : month, day == UNSET ? 1 : day);
        }
        check(dayOfYear, "day-of-year", 1, Year.isLeap(year) ? 366 : 365);
        LocalDate date = LocalDate.ofYearDay(year, dayOfYear);
        if ((month != UNSET && month != date.getMonthValue()) || (day != UNSET && day != date.getDayOfMonth())) {
            throw new FunctionException("parsing time \"" + text + "\": day-of-year does not match month and day");
        }
        return date;
    }
}
