package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.BoundedText;
import java.util.List;

/** Functions that look at the words of a text. */
final class WordFunctions {
    private static final String DOTS = "...";
    /** Up to this offset an abbreviation keeps the beginning. */
    private static final int NEAR_START = 4;

    private WordFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("abbrev(int, string)", a -> abbreviated(a.text(1), 0, a.integer(0))),
                TemplateFunction.of("abbrevboth(int, int, string)", a -> {
                    boolean tooNarrow = a.integer(1) < 4 || (a.integer(0) > 0 && a.integer(1) < 7);
                    return tooNarrow ? a.text(2) : abbreviated(a.text(2), a.integer(0), a.integer(1));
                }),
                TemplateFunction.of("initials(string)", a -> initials(a.text(0))),
                TemplateFunction.of("untitle(string)", a -> untitle(a.text(0))),
                TemplateFunction.of("swapcase(string)", a -> swapCase(a.text(0))),
                TemplateFunction.of("nospace(string)", a -> withoutSpace(a.text(0))),
                TemplateFunction.of("wrap(int, string)", a -> wrap(a, a.text(1), "\n", false)),
                TemplateFunction.of(
                        "wrapWith(int, string, string)",
                        a -> wrap(a, a.text(2), a.text(1).isEmpty() ? "\n" : a.text(1), true)),
                TemplateFunction.of("camelcase(string)", a -> CamelCase.of(a.text(0))),
                TemplateFunction.of("snakecase(string)", a -> new WordCase(a.text(0), '_').toString()),
                TemplateFunction.of("kebabcase(string)", a -> new WordCase(a.text(0), '-').toString()),
                TemplateFunction.of("shuffle(string)", WordFunctions::shuffle));
    }

    /** Go cuts bytes here, not characters. */
    private static String abbreviated(String text, long left, long width) {
        byte[] bytes = Utf8.bytes(text);
        if (width < 4 || bytes.length <= width) {
            return width < 4 ? text : Utf8.string(bytes);
        }
        int room = (int) width - DOTS.length();
        int offset = (int) Math.min(left, bytes.length);
        if (bytes.length - offset < room) {
            offset = bytes.length - room;
        }
        if (offset <= NEAR_START) {
            return Utf8.string(bytes, 0, room) + DOTS;
        }
        if (width < 7) {
            return "";
        }
        if (offset + width - DOTS.length() < bytes.length) {
            return DOTS + abbreviated(Utf8.string(bytes, offset, bytes.length), 0, room);
        }
        return DOTS + Utf8.string(bytes, bytes.length - room, bytes.length);
    }

    /** Go's library takes each byte for a character here. */
    private static String initials(String text) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        for (byte b : Utf8.bytes(text)) {
            boolean space = Spaces.isSpace(b & 0xFF);
            if (begins && !space) {
                out.appendCodePoint(b & 0xFF);
            }
            begins = space;
        }
        return out.toString();
    }

    private static String untitle(String text) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        for (int point : text.codePoints().toArray()) {
            boolean space = Spaces.isSpace(point);
            out.appendCodePoint(begins && !space ? Character.toLowerCase(point) : point);
            begins = space;
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        for (int point : text.codePoints().toArray()) {
            if (Character.isUpperCase(point) || Character.isTitleCase(point)) {
                out.appendCodePoint(Character.toLowerCase(point));
                begins = false;
            } else if (Character.isLowerCase(point)) {
                out.appendCodePoint(begins ? Character.toTitleCase(point) : Character.toUpperCase(point));
                begins = false;
            } else {
                out.appendCodePoint(point);
                begins = Spaces.isSpace(point);
            }
        }
        return out.toString();
    }

    /** If there is any white space, Go takes each byte for a character. */
    private static String withoutSpace(String text) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = Utf8.bytes(text);
        boolean any = false;
        for (byte b : bytes) {
            if (Spaces.isSpace(b & 0xFF)) {
                any = true;
            } else {
                out.appendCodePoint(b & 0xFF);
            }
        }
        return any ? out.toString() : text;
    }

    /** Breaks lines at blanks; a width counts bytes. */
    private static String wrap(Arguments a, String given, String lineEnd, boolean cutsWords) {
        int width = Math.clamp(a.integer(0), 1, Integer.MAX_VALUE);
        byte[] text = Utf8.bytes(given);
        var out = new BoundedText(a.budget());
        int at = 0;
        while (text.length - at > width) {
            if (text[at] == ' ') {
                at++;
                continue;
            }
            int blank = at + width;
            while (blank >= at && text[blank] != ' ') {
                blank--;
            }
            if (blank < at && !cutsWords) {
                blank = at + width;
                while (blank < text.length && text[blank] != ' ') {
                    blank++;
                }
                if (blank == text.length) {
                    break;
                }
            }
            boolean cut = blank < at;
            int end = cut ? at + width : blank;
            out.append(Utf8.string(text, at, end)).append(lineEnd);
            at = cut ? end : end + 1;
        }
        return Utf8.string(Utf8.bytes(out.append(Utf8.string(text, at, text.length))));
    }

    private static String shuffle(Arguments a) {
        int[] points = a.text(0).codePoints().toArray();
        for (int i = points.length - 1; i > 0; i--) {
            int other = a.random().nextInt(i + 1);
            int point = points[i];
            points[i] = points[other];
            points[other] = point;
        }
        return new String(points, 0, points.length);
    }
}
