package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Go's layouts: the reference time {@code Mon Jan 2 15:04:05 MST 2006} shows what a date looks like. */
final class GoLayout {
    /** The pieces, those first that begin with another. */
    private static final List<String> PIECES = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "__2",
            "002",
            "_2",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "15",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "PM",
            "pm",
            "1",
            "2",
            "3",
            "4",
            "5");

    private GoLayout() {}

    /** A piece of a layout: one of {@link #PIECES}, a fraction like {@code .000}, or a text. */
    private record Piece(String text, boolean literal) {
        boolean isFraction() {
            return !literal && (text.startsWith(".") || text.startsWith(","));
        }
    }

    private static List<Piece> pieces(String layout) {
        var pieces = new ArrayList<Piece>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            String found = piece(layout, at);
            if (found == null) {
                literal.append(layout.charAt(at++));
                continue;
            }
            if (!literal.isEmpty()) {
                pieces.add(new Piece(literal.toString(), true));
                literal.setLength(0);
            }
            pieces.add(new Piece(found, false));
            at += found.length();
        }
        if (!literal.isEmpty()) {
            pieces.add(new Piece(literal.toString(), true));
        }
        return pieces;
    }

    private static @Nullable String piece(String layout, int at) {
        char c = layout.charAt(at);
        if ((c == '.' || c == ',') && at + 1 < layout.length() && "09".indexOf(layout.charAt(at + 1)) >= 0) {
            int end = at + 1;
            while (end < layout.length() && layout.charAt(end) == layout.charAt(at + 1)) {
                end++;
            }
            boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
            return digitFollows ? null : layout.substring(at, end);
        }
        for (String piece : PIECES) {
            if (layout.startsWith(piece, at)) {
                return piece;
            }
        }
        return null;
    }

    static String name(DayOfWeek day) {
        return titled(day.name());
    }

    static String name(Month month) {
        return titled(month.name());
    }

    private static String titled(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    static String format(String layout, GoTime time) {
        OffsetDateTime t = time.value();
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces(layout)) {
            if (piece.literal) {
                out.append(piece.text);
            } else if (piece.isFraction()) {
                out.append(fraction(piece.text, t.getNano()));
            } else {
                int twelve = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
                out.append(
                        switch (piece.text) {
                            case "January" -> name(t.getMonth());
                            case "Jan" -> name(t.getMonth()).substring(0, 3);
                            case "Monday" -> name(t.getDayOfWeek());
                            case "Mon" -> name(t.getDayOfWeek()).substring(0, 3);
                            case "MST" -> time.zone().isEmpty() ? offset("-0700", t.getOffset()) : time.zone();
                            case "2006" -> padded(t.getYear(), 4);
                            case "06" -> padded(t.getYear() % 100, 2);
                            case "01" -> padded(t.getMonthValue(), 2);
                            case "1" -> Integer.toString(t.getMonthValue());
                            case "02" -> padded(t.getDayOfMonth(), 2);
                            case "_2" -> String.format("%2d", t.getDayOfMonth());
                            case "2" -> Integer.toString(t.getDayOfMonth());
                            case "002" -> padded(t.getDayOfYear(), 3);
                            case "__2" -> String.format("%3d", t.getDayOfYear());
                            case "15" -> padded(t.getHour(), 2);
                            case "03" -> padded(twelve, 2);
                            case "3" -> Integer.toString(twelve);
                            case "04" -> padded(t.getMinute(), 2);
                            case "4" -> Integer.toString(t.getMinute());
                            case "05" -> padded(t.getSecond(), 2);
                            case "5" -> Integer.toString(t.getSecond());
                            case "PM" -> t.getHour() < 12 ? "AM" : "PM";
                            case "pm" -> t.getHour() < 12 ? "am" : "pm";
                            default -> offset(piece.text, t.getOffset());
                        });
            }
        }
        return out.toString();
    }

    private static String padded(int number, int width) {
        return String.format("%0" + width + "d", number);
    }

    private static String fraction(String piece, int nanos) {
        String digits = padded(nanos, 9);
        int width = piece.length() - 1;
        digits = width <= 9 ? digits.substring(0, width) : digits + "0".repeat(width - 9);
        if (piece.charAt(1) == '9') {
            int end = digits.length();
            while (end > 0 && digits.charAt(end - 1) == '0') {
                end--;
            }
            return end == 0 ? "" : piece.charAt(0) + digits.substring(0, end);
        }
        return piece.charAt(0) + digits;
    }

    private static String offset(String piece, ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        if (piece.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        int size = Math.abs(seconds);
        StringBuilder out = new StringBuilder().append(seconds < 0 ? '-' : '+').append(padded(size / 3600, 2));
        String colon = piece.contains(":") ? ":" : "";
        int parts = piece.replaceAll("[^0-9]", "").length() / 2;
        if (parts > 1) {
            out.append(colon).append(padded(size / 60 % 60, 2));
        }
        if (parts > 2) {
            out.append(colon).append(padded(size % 60, 2));
        }
        return out.toString();
    }

    /**
     * Reads a date.
     *
     * @param zone for dates that do not name one
     * @throws FunctionException if the text does not look like the layout
     */
    static GoTime parse(String layout, String text, ZoneId zone) {
        var reading = new Reading(layout, text);
        for (Piece piece : pieces(layout)) {
            reading.piece(piece);
        }
        return reading.finish(zone);
    }

    /** A text on its way to a date. */
    private static final class Reading {
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

        Reading(String layout, String text) {
            this.layout = layout;
            this.text = text;
        }

        private FunctionException wrong(String piece) {
            return new FunctionException("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \""
                    + text.substring(Math.min(at, text.length())) + "\" as \"" + piece + "\"");
        }

        void piece(Piece piece) {
            if (piece.literal) {
                literal(piece.text);
                return;
            }
            boolean wasSeconds = afterSeconds;
            afterSeconds = false;
            if (piece.isFraction()) {
                fraction(piece, wasSeconds);
                return;
            }
            switch (piece.text) {
                case "January" -> month = 1 + oneOf(piece, 12, i -> name(Month.of(i + 1)));
                case "Jan" ->
                    month = 1 + oneOf(piece, 12, i -> name(Month.of(i + 1)).substring(0, 3));
                case "Monday" -> oneOf(piece, 7, i -> name(DayOfWeek.of(i + 1)));
                case "Mon" -> oneOf(piece, 7, i -> name(DayOfWeek.of(i + 1)).substring(0, 3));
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
                    second = digits(piece, piece.text.length(), 2);
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

        private int digits(Piece piece, int least, int most) {
            int end = at;
            while (end < text.length() && end - at < most && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end - at < least) {
                throw wrong(piece.text);
            }
            int value = Integer.parseInt(text, at, end, 10);
            at = end;
            return value;
        }

        private interface Names {
            String get(int index);
        }

        private int oneOf(Piece piece, int count, Names names) {
            for (int i = 0; i < count; i++) {
                String name = names.get(i);
                if (text.regionMatches(true, at, name, 0, name.length())) {
                    at += name.length();
                    return i;
                }
            }
            throw wrong(piece.text);
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

        private void fraction(Piece piece, boolean wasSeconds) {
            boolean fixed = piece.text.charAt(1) == '0';
            boolean present = wasSeconds && at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
            if (!present) {
                if (fixed) {
                    throw wrong(piece.text);
                }
                return;
            }
            int end = at + 1;
            while (end < text.length()
                    && Character.isDigit(text.charAt(end))
                    && (!fixed || end - at < piece.text.length())) {
                end++;
            }
            if (end == at + 1 || (fixed && end - at != piece.text.length())) {
                throw wrong(piece.text);
            }
            nano(text.substring(at + 1, end));
            at = end;
        }

        private void nano(String digits) {
            String nine = (digits + "000000000").substring(0, 9);
            nano = Integer.parseInt(nine);
        }

        private void zoneName(Piece piece) {
            int end = at;
            while (end < text.length() && end - at < 5 && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
                end++;
            }
            if (end - at < 3) {
                throw wrong(piece.text);
            }
            zoneName = text.substring(at, end);
            at = end;
        }

        private void offset(Piece piece) {
            if (piece.text.startsWith("Z") && text.startsWith("Z", at)) {
                at++;
                offset = ZoneOffset.UTC;
                zoneName = "UTC";
                return;
            }
            String shape = piece.text.substring(1).replaceAll("[0-9]", "0");
            int end = at + 1 + shape.length();
            if (end > text.length() || "+-".indexOf(text.charAt(at)) < 0) {
                throw wrong(piece.text);
            }
            String given = text.substring(at + 1, end);
            if (!given.replaceAll("[0-9]", "0").equals(shape)) {
                throw wrong(piece.text);
            }
            String plain = (given.replace(":", "") + "0000").substring(0, 6);
            int seconds = Integer.parseInt(plain, 0, 2, 10) * 3600
                    + Integer.parseInt(plain, 2, 4, 10) * 60
                    + Integer.parseInt(plain, 4, 6, 10);
            try {
                offset = ZoneOffset.ofTotalSeconds(text.charAt(at) == '-' ? -seconds : seconds);
            } catch (DateTimeException e) {
                throw wrong(piece.text);
            }
            at = end;
        }

        GoTime finish(ZoneId zone) {
            if (at < text.length()) {
                throw new FunctionException(
                        "parsing time \"" + text + "\": extra text: \"" + text.substring(at) + "\"");
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
}
