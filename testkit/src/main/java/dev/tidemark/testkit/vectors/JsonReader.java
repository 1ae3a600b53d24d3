package dev.tidemark.testkit.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads strict JSON (RFC 8259). */
final class JsonReader {

    /** Deeper than any vector, and well within the stack. */
    private static final int MOST_NESTED = 500;

    private static final Pattern WORD =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String source;
    private int at;

    private JsonReader(String source) {
        this.source = source;
    }

    static Json read(String source) throws Json.Malformed {
        JsonReader reader = new JsonReader(source);
        Json value = reader.value(0);
        if (reader.peek() != '\0') {
            throw reader.malformed("more text after the value");
        }
        return value;
    }

    private Json value(int nested) throws Json.Malformed {
        if (nested > MOST_NESTED) {
            throw malformed("nested more than " + MOST_NESTED + " deep");
        }
        return switch (peek()) {
            case '{' -> members(nested);
            case '[' -> elements(nested);
            case '"' -> new Json.Text(text());
            default -> word();
        };
    }

    private Json members(int nested) throws Json.Malformed {
        Map<String, Json> byName = new LinkedHashMap<>();
        for (boolean more = begins('{', '}'); more; more = continues('}')) {
            if (peek() != '"') {
                throw malformed("expected a name in quotes");
            }
            String name = text();
            expect(':');
            byName.put(name, value(nested + 1));
        }
        return new Json.Members(byName);
    }

    private Json elements(int nested) throws Json.Malformed {
        List<Json> list = new ArrayList<>();
        for (boolean more = begins('[', ']'); more; more = continues(']')) {
            list.add(value(nested + 1));
        }
        return new Json.Elements(list);
    }

    /** Passes the opening bracket, and the closing one where nothing is between them. */
    private boolean begins(char open, char close) throws Json.Malformed {
        expect(open);
        if (peek() == close) {
            at++;
            return false;
        }
        return true;
    }

    private boolean continues(char close) throws Json.Malformed {
        if (peek() == close) {
            at++;
            return false;
        }
        expect(',');
        return true;
    }

    private String text() throws Json.Malformed {
        StringBuilder text = new StringBuilder();
        for (at++; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            if (c < ' ') {
                throw malformed("a control character in a text");
            }
            text.append(c == '\\' ? escaped() : c);
        }
        throw malformed("a text without its end");
    }

    private char escaped() throws Json.Malformed {
        at++;
        char c = at < source.length() ? source.charAt(at) : '\0';
        if (c == 'u') {
            String digits = source.substring(at + 1, Math.min(at + 5, source.length()));
            if (!digits.matches("[0-9a-fA-F]{4}")) {
                throw malformed("an escape without four hexadecimal digits");
            }
            at += digits.length();
            return (char) Integer.parseInt(digits, 16);
        }
        int known = ESCAPES.indexOf(c);
        if (known < 0) {
            throw malformed("an unknown escape");
        }
        return ESCAPED.charAt(known);
    }

    private Json word() throws Json.Malformed {
        Matcher word = WORD.matcher(source).region(at, source.length());
        if (!word.lookingAt()) {
            throw malformed("expected a value");
        }
        at = word.end();
        return new Json.Word(word.group());
    }

    private void expect(char wanted) throws Json.Malformed {
        if (peek() != wanted) {
            throw malformed("expected '" + wanted + "'");
        }
        at++;
    }

    /** The next character that is not white space, which is passed; NUL at the end. */
    private char peek() {
        while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        return at < source.length() ? source.charAt(at) : '\0';
    }

    private Json.Malformed malformed(String what) {
        long line = source.substring(0, Math.min(at, source.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Json.Malformed("line " + line + ": " + what);
    }
}
