package dev.tidemark.policies.schedule;

import dev.tidemark.policies.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The five fields of a cron expression. */
record CronFields(Field minute, Field hour, Field dayOfMonth, Field month, Field dayOfWeek) {

    /** @param any written with a star: then the other of the two day fields decides alone */
    record Field(long bits, boolean any) {
        boolean matches(int value) {
            return ((bits >>> value) & 1) == 1;
        }
    }

    private record Kind(int min, int max, List<String> names) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(0, 59, List.of()),
            new Kind(0, 23, List.of()),
            new Kind(1, 31, List.of()),
            new Kind(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Kind(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    /** A list of nothing but commas has no value. */
    boolean neverMatch() {
        return minute.bits() == 0
                || hour.bits() == 0
                || month.bits() == 0
                || (dayOfMonth.bits() == 0 && dayOfWeek.bits() == 0);
    }

    /** Either of the two day fields may match when both are restricted. */
    boolean matchesDay(int day, int weekday) {
        boolean dayMatches = dayOfMonth.matches(day);
        boolean weekdayMatches = dayOfWeek.matches(weekday);
        boolean bothRestricted = !dayOfMonth.any() && !dayOfWeek.any();
        return bothRestricted ? (dayMatches || weekdayMatches) : (dayMatches && weekdayMatches);
    }

    static Parsed<CronFields> parse(String expression, List<String> parts) {
        if (parts.size() != KINDS.size()) {
            return Parsed.malformed("expected exactly 5 fields, found %d: '%s'".formatted(parts.size(), expression));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            switch (field(parts.get(i), KINDS.get(i))) {
                case Parsed.Value<Field>(Field field) -> fields.add(field);
                case Parsed.Malformed<Field>(String message) -> {
                    return Parsed.malformed(message);
                }
            }
        }
        return Parsed.of(new CronFields(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4)));
    }

    private static Parsed<Field> field(String text, Kind kind) {
        long bits = 0;
        boolean any = false;
        for (String item : text.split(",", -1)) {
            if (item.isEmpty()) {
                continue;
            }
            switch (item(item, kind)) {
                case Parsed.Value<Field>(Field field) -> {
                    bits |= field.bits();
                    any |= field.any();
                }
                case Parsed.Malformed<Field> malformed -> {
                    return malformed;
                }
            }
        }
        return Parsed.of(new Field(bits, any));
    }

    private static Parsed<Field> item(String text, Kind kind) {
        String[] rangeAndStep = text.split("/", -1);
        String[] bounds = rangeAndStep[0].split("-", -1);
        if (rangeAndStep.length > 2 || bounds.length > 2) {
            return Parsed.malformed("too many hyphens or slashes: " + text);
        }
        boolean star = bounds[0].equals("*") || bounds[0].equals("?");
        boolean stepped = rangeAndStep.length == 2;
        int step = stepped ? number(rangeAndStep[1], new Kind(1, 0, List.of())) : 1;
        int low = star ? kind.min() : number(bounds[0], kind);
        int high = star ? kind.max() : bounds.length == 2 ? number(bounds[1], kind) : stepped ? kind.max() : low;
        if (low < 0 || high < 0 || step < 0) {
            return Parsed.malformed("failed to parse number: " + text);
        }
        if (low < kind.min()) {
            return Parsed.malformed("beginning of range (%d) below minimum (%d): %s".formatted(low, kind.min(), text));
        }
        if (high > kind.max()) {
            return Parsed.malformed("end of range (%d) above maximum (%d): %s".formatted(high, kind.max(), text));
        }
        if (low > high || step == 0) {
            return Parsed.malformed("range runs backwards or its step is zero: " + text);
        }
        long bits = 0;
        for (int value = low; value <= high; value += step) {
            bits |= 1L << value;
        }
        return Parsed.of(new Field(bits, star && step == 1));
    }

    /** Below zero when the text is neither a number nor a name. */
    private static int number(String text, Kind kind) {
        int name = kind.names().indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return name + kind.min();
        }
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        try {
            // All that is above any field's maximum is the same.
            return (int) Math.min(Long.parseLong(digits), Integer.MAX_VALUE / 2);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
