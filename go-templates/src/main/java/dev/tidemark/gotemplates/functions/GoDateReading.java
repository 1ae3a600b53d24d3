package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A text on its way to a date: reads one piece of the layout after the other. */
final class GoDateReading {
    private final String layout;
    private final String text;
    private int at;
    private int year;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private @Nullable Boolean afternoon;
    private @Nullable ZoneOffset offset;
    private String zoneName = "";
    private boolean afterSeconds;

    GoDateReading(String layout, String text) {
        this.layout = layout;
        this.text = text;
    }

    private FunctionException wrong(String piece) {
        return new FunctionException("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \""
                + text.substring(Math.min(at, text.length())) + "\" as \"" + piece + "\"");
    }

    void piece(GoLayout.Piece piece) {
        if (piece.literal()) {
            literal(piece.text());
            return;
        }
        boolean wasSeconds = afterSeconds;
        afterSeconds = false;
        if (piece.isFraction()) {
            fraction(piece, wasSeconds);
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
                year = two >= 69 ? 1900 + two : 2000 + two;
            }
            case "01" -> month = digits(piece, 2, 2);
            case "1" -> month = digits(piece, 1, 2);
            case "02" -> day = digits(piece, 2, 2);
            case "_2" -> {
                skipBlank();
                day = digits(piece, 1, 2);
            }
            case "2" -> day = digits(piece, 1, 2);
            case "002" -> dayOfYear = digits(piece, 3, 3);
            case "__2" -> {
                skipBlank();
                skipBlank();
                dayOfYear = digits(piece, 1, 3);
            }
            case "15" -> hour = digits(piece, 1, 2);
            case "03" -> hour = digits(piece, 2, 2);
            case "3" -> hour = digits(piece, 1, 2);
            case "04" -> minute = digits(piece, 2, 2);
            case "4" -> minute = digits(piece, 1, 2);
            case "05", "5" -> {
                second = digits(piece, piece.text().length(), 2);
                afterSeconds = true;
                extraFraction();
            }
            case "PM" -> afternoon = oneOf(piece, 2, i -> i == 0 ? "AM" : "PM") == 1;
            case "pm" -> afternoon = oneOf(piece, 2, i -> i == 0 ? "am" : "pm") == 1;
            case "MST" -> zoneName(piece);
            default -> offset(piece);
        }
    }

    private void literal(String wanted) {
        if (!text.startsWith(wanted, at)) {
            throw wrong(wanted);
        }
        at += wanted.length();
        afterSeconds = false;
    }

    private void skipBlank() {
        if (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private int digits(GoLayout.Piece piece, int least, int most) {
        int end = at;
        while (end < text.length() && end - at < most && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
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

    /** Go takes a fraction behind the seconds even if the layout has none. */
    private void extraFraction() {
        boolean present = at + 1 < text.length()
                && (text.charAt(at) == '.' || text.charAt(at) == ',')
                && Character.isDigit(text.charAt(at + 1));
        if (present
                && !layout.contains(".0")
                && !layout.contains(".9")
                && !layout.contains(",0")
                && !layout.contains(",9")) {
            int end = at + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            nano(text.substring(at + 1, end));
            at = end;
        }
    }

    private void fraction(GoLayout.Piece piece, boolean wasSeconds) {
        boolean fixed = piece.text().charAt(1) == '0';
        boolean present = wasSeconds && at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
        if (!present) {
            if (fixed) {
                throw wrong(piece.text());
            }
            return;
        }
        int end = at + 1;
        while (end < text.length()
                && Character.isDigit(text.charAt(end))
                && (!fixed || end - at < piece.text().length())) {
            end++;
        }
        if (end == at + 1 || (fixed && end - at != piece.text().length())) {
            throw wrong(piece.text());
        }
        nano(text.substring(at + 1, end));
        at = end;
    }

    private void nano(String digits) {
        String nine = (digits + "000000000").substring(0, 9);
        nano = Integer.parseInt(nine);
    }

    private void zoneName(GoLayout.Piece piece) {
        int end = at;
        while (end < text.length() && end - at < 5 && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
            end++;
        }
        if (end - at < 3) {
            throw wrong(piece.text());
        }
        zoneName = text.substring(at, end);
        at = end;
    }

    private void offset(GoLayout.Piece piece) {
        if (piece.text().startsWith("Z") && text.startsWith("Z", at)) {
            at++;
            offset = ZoneOffset.UTC;
            zoneName = "UTC";
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
        int seconds = Integer.parseInt(plain, 0, 2, 10) * 3600
                + Integer.parseInt(plain, 2, 4, 10) * 60
                + Integer.parseInt(plain, 4, 6, 10);
        try {
            offset = ZoneOffset.ofTotalSeconds(text.charAt(at) == '-' ? -seconds : seconds);
        } catch (DateTimeException e) {
            throw wrong(piece.text());
        }
        at = end;
    }

    GoTime finish(ZoneId zone) {
        if (at < text.length()) {
            throw new FunctionException("parsing time \"" + text + "\": extra text: \"" + text.substring(at) + "\"");
        }
        if (afternoon != null) {
            hour = hour == 12 ? afternoon ? 12 : 0 : afternoon && hour < 12 ? hour + 12 : hour;
        }
        try {
            LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
            var local = date.atTime(LocalTime.of(hour, minute, second, nano));
            if (offset != null) {
                boolean named = !zoneName.isEmpty() || offset.equals(ZoneOffset.UTC);
                return new GoTime(local.atOffset(offset), named && zoneName.isEmpty() ? "UTC" : zoneName);
            }
            if (!zoneName.isEmpty()) {
                return new GoTime(local.atOffset(ZoneOffset.UTC), zoneName);
            }
            var zoned = local.atZone(zone);
            boolean utc = zoned.getOffset().equals(ZoneOffset.UTC);
            return new GoTime(zoned.toOffsetDateTime(), utc ? "UTC" : "");
        } catch (DateTimeException e) {
            throw new FunctionException("parsing time \"" + text + "\": out of range: " + e.getMessage());
        }
    }
}
