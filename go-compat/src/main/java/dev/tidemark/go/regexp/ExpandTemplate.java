package dev.tidemark.go.regexp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Go's {@code Regexp.Expand}: {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}}, {@code $$}.
 * Every text is a template: unknown groups are empty, a lone {@code $} stays (spec flux-git-based 10.4).
 */
public final class ExpandTemplate {

    // Go reads longer numbers as names, so that they cannot overflow.
    private static final int MAX_NUMBER_DIGITS = 9;

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Numbered(int group) implements Part {}

    private record Named(String name) implements Part {}

    private final List<Part> parts;

    private ExpandTemplate(List<Part> parts) {
        this.parts = parts;
    }

    public static ExpandTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$') {
                literal.append(c);
                at++;
                continue;
            }
            if (text.startsWith("$$", at)) {
                literal.append('$');
                at += 2;
                continue;
            }
            boolean braced = text.startsWith("${", at);
            int start = at + (braced ? 2 : 1);
            int end = nameEnd(text, start);
            if (end == start || (braced && !text.startsWith("}", end))) {
                literal.append('$');
                at++;
                continue;
            }
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
            parts.add(reference(text.substring(start, end)));
            at = braced ? end + 1 : end;
        }
        parts.add(new Literal(literal.toString()));
        return new ExpandTemplate(List.copyOf(parts));
    }

    /** The template with the values of the groups; of several with one name, the first that took part. */
    public String expand(Groups groups, Map<String, List<Integer>> groupsByName) {
        StringBuilder expanded = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal(String text) -> expanded.append(text);
                case Numbered(int group) -> appendGroup(expanded, groups, group);
                case Named(String name) ->
                    groupsByName.getOrDefault(name, List.of()).stream()
                            .filter(group -> groups.group(group) != null)
                            .findFirst()
                            .ifPresent(group -> appendGroup(expanded, groups, group));
            }
        }
        return expanded.toString();
    }

    private static void appendGroup(StringBuilder expanded, Groups groups, int group) {
        String value = group <= groups.count() ? groups.group(group) : null;
        if (value != null) {
            expanded.append(value);
        }
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (c != '_' && !Character.isLetter(c) && !Character.isDigit(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static Part reference(String name) {
        boolean number = name.length() <= MAX_NUMBER_DIGITS
                && name.chars().allMatch(c -> c >= '0' && c <= '9')
                && (name.length() == 1 || name.charAt(0) != '0');
        return number ? new Numbered(Integer.parseInt(name)) : new Named(name);
    }
}
