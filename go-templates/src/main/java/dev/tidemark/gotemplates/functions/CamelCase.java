package dev.tidemark.gotemplates.functions;

/** Words joined with a capital each, as sprig's {@code camelcase} does it. */
final class CamelCase {
    private CamelCase() {}

    static boolean isConnector(int point) {
        return point == '-' || point == '_' || Spaces.isSpace(point);
    }

    static String of(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < points.length && isConnector(points[at])) {
            out.appendCodePoint(points[at++]);
        }
        if (at == points.length) {
            // Go's library writes the last connector twice.
            return at == 0 ? "" : out.appendCodePoint(points[at - 1]).toString();
        }
        boolean capitals = Character.isUpperCase(points[at]);
        int held = Character.toUpperCase(points[at++]);
        for (; at < points.length; at++) {
            int before = held;
            held = points[at];
            if (isConnector(before)) {
                if (isConnector(held)) {
                    out.appendCodePoint(before);
                } else {
                    // A single connector goes, and what follows it begins a word.
                    capitals = Character.isUpperCase(held);
                    held = Character.toUpperCase(held);
                }
                continue;
            }
            if (capitals) {
                capitals = Character.isUpperCase(held);
                held = capitals ? Character.toLowerCase(held) : held;
            }
            out.appendCodePoint(before);
        }
        return out.appendCodePoint(held).toString();
    }
}
