package dev.tidemark.go.yaml.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of keys in Go's YAML: letters come after other characters, numbers inside of keys count by their value.
 * The rule has circles (a10, a1b, a2), so that the way of sorting shows and the JDK's, which notices, cannot be used.
 */
public final class YamlKeys {
    /** So many keys Go sorts by insertion. */
    private static final int FEW = 12;

    private YamlKeys() {}

    /** Sorts in place; the entries should be in the order of their bytes. */
    public static void sort(List<Map.Entry<String, @Nullable Object>> entries) {
        if (entries.size() <= FEW) {
            insert(entries);
            return;
        }
        List<Map.Entry<String, @Nullable Object>> first = new ArrayList<>(entries.subList(0, entries.size() / 2));
        List<Map.Entry<String, @Nullable Object>> second =
                new ArrayList<>(entries.subList(entries.size() / 2, entries.size()));
        sort(first);
        sort(second);
        int a = 0;
        int b = 0;
        for (int i = 0; i < entries.size(); i++) {
            boolean takeSecond = a == first.size()
                    || (b < second.size()
                            && less(second.get(b).getKey(), first.get(a).getKey()));
            entries.set(i, takeSecond ? second.get(b++) : first.get(a++));
        }
    }

    private static void insert(List<Map.Entry<String, @Nullable Object>> entries) {
        for (int i = 1; i < entries.size(); i++) {
            for (int j = i;
                    j > 0 && less(entries.get(j).getKey(), entries.get(j - 1).getKey());
                    j--) {
                Map.Entry<String, @Nullable Object> moved = entries.get(j);
                entries.set(j, entries.get(j - 1));
                entries.set(j - 1, moved);
            }
        }
    }

    static boolean less(String a, String b) {
        int at = 0;
        int end = Math.min(a.length(), b.length());
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (at == end) {
            return a.length() < b.length();
        }
        int x = a.codePointAt(at);
        int y = b.codePointAt(at);
        boolean letterX = Character.isLetter(x);
        boolean letterY = Character.isLetter(y);
        if (letterX || letterY) {
            return letterY && (!letterX || x < y);
        }
        // A zero inside of a longer number counts as a digit of it.
        long start = (x == '0' || y == '0') && insideNumber(a, at) ? 1 : 0;
        int endX = runEnd(a, at);
        int endY = runEnd(b, at);
        long numberX = number(a, at, endX, start);
        long numberY = number(b, at, endY, start);
        if (numberX != numberY) {
            return numberX < numberY;
        }
        return endX == endY ? x < y : endX < endY;
    }

    private static boolean insideNumber(String text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long number(String text, int from, int to, long start) {
        long value = start;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
