package dev.tidemark.cli.tree;

import dev.tidemark.cli.tree.JsonPath.Operand;
import dev.tidemark.cli.tree.JsonPath.Part;
import dev.tidemark.cli.tree.JsonPath.Path;
import dev.tidemark.cli.tree.JsonPath.Step;
import dev.tidemark.go.strconv.GoFloat;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads a JSONPath template, once, from left to right. */
final class JsonPathParser {

    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath parse() {
        List<Part> parts = parts(false);
        return new JsonPath(parts);
    }

    private List<Part> parts(boolean insideRange) {
        List<Part> parts = new ArrayList<>();
        while (at < text.length()) {
            int brace = text.indexOf('{', at);
            if (brace != at) {
                int end = brace < 0 ? text.length() : brace;
                parts.add(new Part.Text(text.substring(at, end)));
                at = end;
                continue;
            }
            at++;
            skipBlanks();
            if (word("end")) {
                close();
                if (!insideRange) {
                    throw wrong("{end} without {range}");
                }
                return parts;
            }
            if (word("range")) {
                Path path = path();
                close();
                parts.add(new Part.Range(path, parts(true)));
            } else if (peek() == '"' || peek() == '\'') {
                parts.add(new Part.Text(quoted()));
                close();
            } else {
                while (at < text.length() && peek() != '}') {
                    parts.add(new Part.Print(path()));
                    skipBlanks();
                }
                close();
            }
        }
        if (insideRange) {
            throw wrong("{range} without {end}");
        }
        return parts;
    }

    private Path path() {
        skipBlanks();
        boolean fromRoot = peek() == '$';
        if (fromRoot || peek() == '@') {
            at++;
        }
        List<Step> steps = new ArrayList<>();
        int begin = at;
        while (true) {
            if (text.startsWith("..", at)) {
                at += 2;
                steps.add(new Step.Anywhere());
                if (peek() != '[') {
                    steps.add(nameOrEvery());
                }
            } else if (peek() == '.') {
                at++;
                if (Character.isLetterOrDigit(peek()) || "*_\\".indexOf(peek()) >= 0 || peek() == '-') {
                    steps.add(nameOrEvery());
                }
            } else if (peek() == '[') {
                at++;
                steps.add(bracket());
                expect(']');
            } else if (at == begin && Character.isLetter(peek())) {
                steps.add(nameOrEvery());
            } else if (at == begin && text.charAt(at - 1) != '@' && text.charAt(at - 1) != '$') {
                throw wrong("an expression such as {.status.latestImage} is expected");
            } else {
                return new Path(fromRoot, steps);
            }
        }
    }

    private Step nameOrEvery() {
        if (peek() == '*') {
            at++;
            return new Step.Every();
        }
        StringBuilder name = new StringBuilder();
        while (at < text.length() && ".[]{}()=!<>| \t\n".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw wrong("the name of a field is expected");
        }
        return new Step.Member(List.of(name.toString()));
    }

    private Step bracket() {
        skipBlanks();
        if (peek() == '*') {
            at++;
            return new Step.Every();
        }
        if (peek() == '\'' || peek() == '"') {
            List<String> names = new ArrayList<>();
            do {
                skipBlanks();
                names.add(quoted());
                skipBlanks();
            } while (accept(','));
            return new Step.Member(names);
        }
        if (accept('?')) {
            expect('(');
            Step filter = filter();
            expect(')');
            return filter;
        }
        Integer from = number();
        if (!accept(':')) {
            if (from == null) {
                throw wrong("an index, a name in quotes, * or a filter is expected");
            }
            return new Step.Slice(from, from == -1 ? null : Integer.valueOf(from + 1), 1);
        }
        Integer to = number();
        Integer by = accept(':') ? number() : Integer.valueOf(1);
        return new Step.Slice(from, to, by == null || by < 1 ? 1 : by);
    }

    private Step filter() {
        Path left = path();
        skipBlanks();
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                skipBlanks();
                return new Step.Filter(left, operator, operand());
            }
        }
        return new Step.Filter(left, "", null);
    }

    private Operand operand() {
        if (peek() == '@' || peek() == '$') {
            return new Operand.Computed(path());
        }
        if (peek() == '\'' || peek() == '"') {
            String value = quoted();
            skipBlanks();
            return new Operand.Literal(value);
        }
        int end = text.indexOf(')', at);
        if (end < 0) {
            throw wrong("')' is missing");
        }
        String word = text.substring(at, end).strip();
        at = end;
        OptionalDouble number = word.matches("[-+.0-9].*") ? GoFloat.read(word) : OptionalDouble.empty();
        return new Operand.Literal(number.isPresent() ? (Object) number.getAsDouble() : word);
    }

    private @Nullable Integer number() {
        skipBlanks();
        int begin = at;
        accept('-');
        while (Character.isDigit(peek())) {
            at++;
        }
        String digits = text.substring(begin, at);
        skipBlanks();
        try {
            return digits.isEmpty() ? null : Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            throw wrong("'" + digits + "' is not an index");
        }
    }

    private String quoted() {
        char quote = peek();
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                c = switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    default -> escaped;
                };
            }
            value.append(c);
        }
        expect(quote);
        return value.toString();
    }

    private boolean word(String word) {
        int end = at + word.length();
        if (text.startsWith(word, at) && end < text.length() && " }\t\n".indexOf(text.charAt(end)) >= 0) {
            at = end;
            return true;
        }
        return false;
    }

    private void close() {
        skipBlanks();
        expect('}');
    }

    private void skipBlanks() {
        while (Character.isWhitespace(peek())) {
            at++;
        }
    }

    /** The next character, NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean accept(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "the JSONPath cannot be read at character " + (at + 1) + " of '" + text + "': " + what);
    }
}
