package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.Budget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON as Go's {@code encoding/json} does into an {@code interface {}}: every number is a float. */
final class JsonReader {
    private final Budget budget;
    private final String text;
    private int at;

    private JsonReader(Budget budget, String text) {
        this.budget = budget;
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @throws FunctionException if the text is not JSON
     */
    static @Nullable Object read(Budget budget, String text) {
        var reader = new JsonReader(budget, text);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.invalid("after top-level value");
        }
        return value;
    }

    private @Nullable Object value() {
        budget.enter();
        char c = peek("looking for beginning of value");
        Object value =
                switch (c) {
                    case '{' -> object();
                    case '[' -> array();
                    case '"' -> string();
                    case 't' -> word("true", true);
                    case 'f' -> word("false", false);
                    case 'n' -> word("null", null);
                    default -> number();
                };
        budget.leave();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek(String context) {
        skipSpace();
        if (at >= text.length()) {
            throw new FunctionException("unexpected end of JSON input, " + context);
        }
        return text.charAt(at);
    }

    private FunctionException invalid(String context) {
        return at >= text.length()
                ? new FunctionException("unexpected end of JSON input, " + context)
                : new FunctionException("invalid character '" + text.charAt(at) + "' " + context);
    }

    private void expect(char wanted, String context) {
        if (peek(context) != wanted) {
            throw invalid(context);
        }
        at++;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw invalid("in literal " + word);
        }
        at += word.length();
        return value;
    }

    private Map<String, @Nullable Object> object() {
        var map = new HashMap<String, @Nullable Object>();
        at++;
        if (peek("in object") == '}') {
            at++;
            return map;
        }
        while (true) {
            if (peek("looking for beginning of object key string") != '"') {
                throw invalid("looking for beginning of object key string");
            }
            String key = string();
            expect(':', "after object key");
            map.put(key, value());
            if (peek("after object key:value pair") == '}') {
                at++;
                return map;
            }
            expect(',', "after object key:value pair");
        }
    }

    private List<@Nullable Object> array() {
        var list = new ArrayList<@Nullable Object>();
        at++;
        if (peek("in array") == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value());
            budget.list(list.size(), 1);
            if (peek("after array element") == ']') {
                at++;
                return list;
            }
            expect(',', "after array element");
        }
    }

    private double number() {
        int start = at;
        skip("-");
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            digits();
        }
        if (skip(".")) {
            digits();
        }
        if (skip("eE")) {
            skip("+-");
            digits();
        }
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            throw new FunctionException("json: cannot unmarshal number " + text.substring(start, at));
        }
        return value;
    }

    private boolean skip(String characters) {
        boolean found = at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
        at += found ? 1 : 0;
        return found;
    }

    private void digits() {
        if (!skip("0123456789")) {
            throw invalid("in numeric literal");
        }
        while (skip("0123456789")) {}
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw invalid("in string literal");
            }
            char c = text.charAt(at);
            if (c < ' ') {
                throw invalid("in string literal");
            }
            at++;
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        if (at >= text.length()) {
            throw invalid("in string escape code");
        }
        int simple = "\"\\/bfnrt".indexOf(text.charAt(at));
        if (simple >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (text.charAt(at) != 'u' || at + 5 > text.length()) {
            throw invalid("in string escape code");
        }
        int unit = 0;
        for (int i = at + 1; i < at + 5; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            unit = unit * 16 + digit;
        }
        at += 5;
        return paired((char) unit);
    }

    /** Halves of surrogate pairs that stand alone become U+FFFD. */
    private char paired(char unit) {
        boolean highBefore = at >= 12 && text.startsWith("\\u", at - 12) && isSurrogate(at - 10, true);
        if (Character.isHighSurrogate(unit)) {
            boolean low = text.startsWith("\\u", at) && at + 6 <= text.length() && isSurrogate(at + 2, false);
            return low ? unit : '\uFFFD';
        }
        return Character.isLowSurrogate(unit) && !highBefore ? '\uFFFD' : unit;
    }

    private boolean isSurrogate(int from, boolean high) {
        try {
            char unit = (char) Integer.parseInt(text, from, from + 4, 16);
            return high ? Character.isHighSurrogate(unit) : Character.isLowSurrogate(unit);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
