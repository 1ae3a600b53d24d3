package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.TypedList;
import java.util.ArrayList;
import java.util.List;

/** Regular expressions by RE2/J, which has Go's syntax and linear time. */
final class RegexFunctions {
    private RegexFunctions() {}

    static List<TemplateFunction> all() {
        var functions = new ArrayList<TemplateFunction>();
        both(functions, "regexFind(string, string)", a -> regex(a).find(a.text(1)));
        both(
                functions,
                "regexFindAll(string, string, int)",
                a -> TypedList.strings(regex(a).findAll(a.text(1), a.clamped(2))));
        both(functions, "regexReplaceAll(string, string, string)", a -> regex(a).replaceAll(a.text(1), a.text(2)));
        both(functions, "regexReplaceAllLiteral(string, string, string)", a -> regex(a).replaceAllLiteral(
                        a.text(1), a.text(2)));
        both(
                functions,
                "regexSplit(string, string, int)",
                a -> TypedList.strings(regex(a).split(a.text(1), a.clamped(2))));
        functions.add(TemplateFunction.of("mustRegexMatch(string, string)", a -> regex(a).matches(a.text(1))));
        functions.add(TemplateFunction.of("regexMatch(string, string)", a -> {
            try {
                return regex(a).matches(a.text(1));
            } catch (FunctionException e) {
                // sprig: what is no pattern matches nothing.
                return false;
            }
        }));
        functions.add(TemplateFunction.of("regexQuoteMeta(string)", a -> quoteMeta(a.text(0))));
        return functions;
    }

    private static void both(List<TemplateFunction> functions, String signature, TemplateFunction.Body body) {
        TemplateFunction function = TemplateFunction.of(signature, body);
        functions.add(function);
        functions.add(function.named(ListFunctions.mustName(function.name())));
    }

    private static Regex regex(Arguments a) {
        return Regex.compile(a.budget(), a.text(0));
    }

    private static String quoteMeta(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if ("\\.+*?()|[]{}^$".indexOf(text.charAt(i)) >= 0) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }
}
