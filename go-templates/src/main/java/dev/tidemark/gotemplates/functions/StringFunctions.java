package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.format.Quote;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that make texts of texts. */
final class StringFunctions {
    private StringFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("hello()", a -> "Hello!"),
                TemplateFunction.of("trim(string)", a -> Spaces.trim(a.text(0))),
                TemplateFunction.of("trimAll(string, string)", a -> trim(a.text(1), a.text(0))),
                TemplateFunction.of("trimall(string, string)", a -> trim(a.text(1), a.text(0))),
                TemplateFunction.of(
                        "trimPrefix(string, string)",
                        a -> a.text(1).startsWith(a.text(0))
                                ? a.text(1).substring(a.text(0).length())
                                : a.text(1)),
                TemplateFunction.of(
                        "trimSuffix(string, string)",
                        a -> a.text(1).endsWith(a.text(0))
                                ? a.text(1)
                                        .substring(
                                                0,
                                                a.text(1).length() - a.text(0).length())
                                : a.text(1)),
                TemplateFunction.of("trunc(int, string)", a -> trunc(a.integer(0), a.text(1))),
                TemplateFunction.of("substr(int, int, string)", a -> substring(a.integer(0), a.integer(1), a.text(2))),
                TemplateFunction.of("repeat(int, string)", StringFunctions::repeat),
                TemplateFunction.of("contains(string, string)", a -> a.text(1).contains(a.text(0))),
                TemplateFunction.of("hasPrefix(string, string)", a -> a.text(1).startsWith(a.text(0))),
                TemplateFunction.of("hasSuffix(string, string)", a -> a.text(1).endsWith(a.text(0))),
                TemplateFunction.of("quote(...any)", a -> quoted(a, true)),
                TemplateFunction.of("squote(...any)", a -> quoted(a, false)),
                TemplateFunction.of("cat(...any)", StringFunctions::cat),
                TemplateFunction.of("indent(int, string)", a -> indent(a, "")),
                TemplateFunction.of("nindent(int, string)", a -> indent(a, "\n")),
                TemplateFunction.of(
                        "replace(string, string, string)", a -> replace(a, a.text(2), a.text(0), a.text(1))),
                TemplateFunction.of("plural(string, string, int)", a -> a.integer(2) == 1 ? a.text(0) : a.text(1)),
                TemplateFunction.of("toString(any)", a -> a.printed(a.value(0))));
    }

    private static String trim(String text, String characters) {
        int start = 0;
        int end = text.length();
        while (start < end && has(characters, text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && has(characters, text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean has(String characters, int point) {
        return characters.indexOf(point) >= 0;
    }

    private static String trunc(long count, String text) {
        int length = Utf8.length(text);
        if (count < 0 && length + count > 0) {
            return Utf8.slice(text, (int) (length + count), length);
        }
        return count >= 0 && length > count ? Utf8.slice(text, 0, (int) count) : text;
    }

    private static String substring(long start, long end, String text) {
        int length = Utf8.length(text);
        long from = Math.max(start, 0);
        long to = start >= 0 && (end < 0 || end > length) ? length : end;
        if (to < from || to > length) {
            throw new FunctionException("slice bounds out of range: from " + start + " to " + end + " of " + length);
        }
        return Utf8.slice(text, (int) from, (int) to);
    }

    private static String repeat(Arguments a) {
        if (a.integer(0) < 0) {
            throw new FunctionException("strings: negative Repeat count");
        }
        // No overflow before the bound stops it.
        long times = Math.min(a.integer(0), Integer.MAX_VALUE);
        return new BoundedText(a.budget()).repeat(a.text(1), times).toString();
    }

    private static String quoted(Arguments a, boolean doubly) {
        var out = new BoundedText(a.budget());
        for (Object value : a.all()) {
            if (value != null) {
                String text = a.printed(value);
                out.append(out.length() == 0 ? "" : " ").append(doubly ? Quote.string(text) : "'" + text + "'");
            }
        }
        return out.toString();
    }

    private static String cat(Arguments a) {
        var out = new BoundedText(a.budget());
        boolean first = true;
        for (Object value : a.all()) {
            if (value != null) {
                out.append(first ? "" : " ").append(a.printed(value));
                first = false;
            }
        }
        return out.toString();
    }

    private static String indent(Arguments a, String before) {
        if (a.integer(0) < 0) {
            throw new FunctionException("strings: negative Repeat count");
        }
        var out = new BoundedText(a.budget());
        String text = a.text(1);
        int from = 0;
        out.append(before).repeat(" ", Math.min(a.integer(0), Integer.MAX_VALUE));
        while (true) {
            int line = text.indexOf('\n', from);
            if (line < 0) {
                return out.append(text.substring(from)).toString();
            }
            out.append(text.substring(from, line + 1)).repeat(" ", Math.min(a.integer(0), Integer.MAX_VALUE));
            from = line + 1;
        }
    }

    static String replace(Arguments a, String text, String old, String with) {
        var out = new BoundedText(a.budget());
        if (old.isEmpty()) {
            // Go puts the new text before every character and at the end.
            text.codePoints().forEach(point -> out.append(with).appendCodePoint(point));
            return out.append(with).toString();
        }
        int from = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
            out.append(text.substring(from, at)).append(with);
            from = at + old.length();
        }
        return out.append(text.substring(from)).toString();
    }

    /** The elements of any value as texts; nil ones are left out. */
    static List<String> texts(Arguments a, @Nullable Object value) {
        if (value instanceof List<?> list) {
            var texts = new ArrayList<String>(list.size());
            for (Object element : list) {
                if (element != null) {
                    texts.add(a.printed(Values.normal(element)));
                }
            }
            return texts;
        }
        return value == null ? List.of() : List.of(a.printed(value));
    }
}
