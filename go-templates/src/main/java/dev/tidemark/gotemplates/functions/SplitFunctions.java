package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions between texts and lists of texts. */
final class SplitFunctions {
    private SplitFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("split(string, string)", a -> numbered(split(a, a.text(1), a.text(0), -1))),
                TemplateFunction.of(
                        "splitn(string, int, string)", a -> numbered(split(a, a.text(2), a.text(0), a.clamped(1)))),
                TemplateFunction.of(
                        "splitList(string, string)", a -> TypedList.strings(split(a, a.text(1), a.text(0), -1))),
                TemplateFunction.of("join(string, any)", SplitFunctions::join),
                TemplateFunction.of("toStrings(any)", a -> TypedList.strings(StringFunctions.texts(a, a.value(0)))),
                TemplateFunction.of("sortAlpha(any)", SplitFunctions::sortAlpha));
    }

    /** At most {@code limit} parts; all if it is negative. */
    static List<String> split(Arguments a, String text, String separator, int limit) {
        var parts = new ArrayList<String>();
        if (limit == 0) {
            return parts;
        }
        int from = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int at;
            if (separator.isEmpty()) {
                if (from >= text.length()) {
                    return parts;
                }
                at = text.offsetByCodePoints(from, 1);
                if (at == text.length()) {
                    break;
                }
            } else {
                at = text.indexOf(separator, from);
            }
            if (at < 0) {
                break;
            }
            parts.add(text.substring(from, at));
            a.budget().list(parts.size() + 1, 1);
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return separator.isEmpty() && text.isEmpty() ? List.of() : parts;
    }

    private static TypedMap numbered(List<String> parts) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            map.put("_" + i, parts.get(i));
        }
        return TypedMap.strings(map);
    }

    private static String join(Arguments a) {
        var out = new BoundedText(a.budget());
        boolean first = true;
        for (String text : StringFunctions.texts(a, a.value(1))) {
            out.append(first ? "" : a.text(0)).append(text);
            first = false;
        }
        return out.toString();
    }

    private static TypedList sortAlpha(Arguments a) {
        var texts =
                new ArrayList<>(a.value(0) == null ? List.of(a.printed(null)) : StringFunctions.texts(a, a.value(0)));
        a.budget().list(texts.size());
        texts.sort(Utf8.ORDER);
        return TypedList.strings(texts);
    }
}
