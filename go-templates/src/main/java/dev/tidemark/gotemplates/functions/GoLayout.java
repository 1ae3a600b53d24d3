package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
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
    record Piece(String text, boolean literal) {
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
            boolean digitFollows = end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
            return digitFollows ? null : layout.substring(at, end);
        }
        for (String piece : PIECES) {
            if (layout.startsWith(piece, at) && !goesOn(layout, at, piece)) {
                return piece;
            }
        }
        return null;
    }

    /** A short name with small letters behind it is a word, and so is a blank day before the rest of a year. */
    private static boolean goesOn(String layout, int at, String piece) {
        int end = at + piece.length();
        char next = end < layout.length() ? layout.charAt(end) : 0;
        return switch (piece) {
            case "Jan", "Mon" -> next >= 'a' && next <= 'z';
            case "_2" -> layout.startsWith("006", end);
            default -> false;
        };
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
        LocalDateTime t = time.value();
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces(layout)) {
            if (piece.literal) {
                out.append(piece.text);
            } else if (piece.isFraction()) {
                out.append(fraction(piece.text, t.get(ChronoField.NANO_OF_SECOND)));
            } else {
                int twelve = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
                out.append(
                        switch (piece.text) {
                            case "January" -> name(t.getMonth());
                            case "Jan" -> name(t.getMonth()).substring(0, 3);
                            case "Monday" -> name(t.getDayOfWeek());
                            case "Mon" -> name(t.getDayOfWeek()).substring(0, 3);
                            case "MST" -> time.zone().isEmpty() ? offset("-0700", time.offset()) : time.zone();
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
                            default -> offset(piece.text, time.offset());
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
        digits = digits.substring(0, Math.min(piece.length() - 1, digits.length()));
        if (piece.charAt(1) == '9') {
            int end = digits.length();
            while (end > 0 && digits.charAt(end - 1) == '0') {
                end--;
            }
            return end == 0 ? "" : piece.charAt(0) + digits.substring(0, end);
        }
        return piece.charAt(0) + digits;
    }

    private static String offset(String piece, int seconds) {
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
        var reading = new GoDateReading(layout, text);
        List<Piece> pieces = pieces(layout);
        for (int i = 0; i < pieces.size(); i++) {
            reading.piece(pieces.get(i), i + 1 < pieces.size() ? pieces.get(i + 1) : null);
        }
        return reading.finish(zone);
    }
}
