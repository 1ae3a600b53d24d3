package dev.tidemark.gotemplates.yaml;

/** The order of keys in Go's YAML: letters after other characters, numbers inside of keys by their value. */
final class YamlKeys {
    private YamlKeys() {}

    static int compare(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        boolean digits = false;
        for (int i = 0; i < x.length && i < y.length; i++) {
            if (x[i] == y[i]) {
                digits = Character.isDigit(x[i]);
                continue;
            }
            boolean letterX = Character.isLetter(x[i]);
            boolean letterY = Character.isLetter(y[i]);
            if (letterX && letterY) {
                return Integer.compare(x[i], y[i]);
            }
            if (letterX || letterY) {
                return digits == letterX ? -1 : 1;
            }
            return compareNumbers(x, y, i);
        }
        return Integer.compare(x.length, y.length);
    }

    private static int compareNumbers(int[] x, int[] y, int at) {
        if (x[at] == '0' || y[at] == '0') {
            int before = at - 1;
            while (before >= 0 && Character.isDigit(x[before])) {
                if (x[before] != '0') {
                    // Digits of a longer number: it is the place that counts.
                    return compareRuns(x, y, at);
                }
                before--;
            }
        }
        return compareRuns(x, y, at);
    }

    private static int compareRuns(int[] x, int[] y, int at) {
        int endX = runEnd(x, at);
        int endY = runEnd(y, at);
        long numberX = number(x, at, endX);
        long numberY = number(y, at, endY);
        if (numberX != numberY) {
            return Long.compare(numberX, numberY);
        }
        if (endX != endY) {
            return Integer.compare(endX, endY);
        }
        return Integer.compare(x[at], y[at]);
    }

    private static int runEnd(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
