package dev.tidemark.policies.schedule;

import java.util.ArrayList;
import java.util.List;

/** White space as Go's {@code strings} package sees it: Java knows no-break spaces and NEL as something else. */
final class GoSpace {

    private GoSpace() {}

    static boolean isSpace(char c) {
        boolean line = (c >= '\t' && c <= '\r') || c == '\u0085';
        // U+001C to U+001F are white space to Java alone, and the no-break spaces to Go alone.
        return line || (c >= ' ' && Character.isWhitespace(c)) || Character.isSpaceChar(c);
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSpace(text.charAt(i))) {
                if (i > start) {
                    fields.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return fields;
    }
}
