package dev.tidemark.committer.setters;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which comment belongs to a scalar (flux-git-based 16.2). All results include the {@code #}. */
final class Comments {

    private Comments() {}

    /** The comment behind a scalar that ends at {@code end}: blanks and at most one comma stand between. */
    static @Nullable String behind(String text, int end) {
        int at = skipBlanks(text, end);
        if (at < text.length() && text.charAt(at) == ',') {
            at = skipBlanks(text, at + 1);
        }
        return at < text.length() && text.charAt(at) == '#' ? text.substring(at, lineEnd(text, at)) : null;
    }

    /** The comment in the header line of a block scalar. */
    static @Nullable String ofHeader(String header) {
        int hash = header.indexOf(" #");
        int tab = header.indexOf("\t#");
        int at = hash < 0 ? tab : tab < 0 ? hash : Math.min(hash, tab);
        return at < 0 ? null : header.substring(at + 1);
    }

    /** The comment lines right above a sequence item whose value starts at {@code start}. */
    static @Nullable String above(String text, int start) {
        int lineStart = startOfItem(text, start);
        if (lineStart < 0) {
            return null;
        }
        List<String> block = new ArrayList<>();
        int end = lineStart;
        while (end > 0) {
            int previousEnd = end - (end > 1 && text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\r' ? 2 : 1);
            int previousStart = lineStart(text, previousEnd);
            String line = text.substring(previousStart, previousEnd).strip();
            if (!line.startsWith("#")) {
                break;
            }
            block.add(line);
            end = previousStart;
        }
        return block.isEmpty() ? null : String.join("\n", block.reversed());
    }

    /** The begin of a line that has nothing but a dash before its value; -1 for any other line, however long it is. */
    private static int startOfItem(String text, int start) {
        int dash = skipBlanksBack(text, start) - 1;
        if (dash < 0 || text.charAt(dash) != '-') {
            return -1;
        }
        int begin = skipBlanksBack(text, dash);
        return begin == 0 || isBreak(text.charAt(begin - 1)) ? begin : -1;
    }

    private static int skipBlanksBack(String text, int from) {
        int at = from;
        while (at > 0 && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    static int lineStart(String text, int from) {
        int at = from;
        while (at > 0 && !isBreak(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The begin of the line behind the one that {@code from} is in; the length of the text if there is none. */
    static int nextLine(String text, int from) {
        int end = lineEnd(text, from);
        return Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
    }

    static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
