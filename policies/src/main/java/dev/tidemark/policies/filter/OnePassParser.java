package dev.tidemark.policies.filter;

import dev.tidemark.go.regexp.Repeat;
import dev.tidemark.policies.filter.OnePass.Element;
import dev.tidemark.policies.filter.OnePass.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the plain patterns; gives up at the first thing that is not plain. */
final class OnePassParser {

    private static final String META = "\\.+*?()|[]{}^$";
    private static final int NO_GROUP = -1;

    private final String text;
    private final List<Element> elements = new ArrayList<>();
    private final List<Span> groups = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private boolean plain = true;
    private int at;

    private OnePassParser(String text) {
        this.text = text;
    }

    static Optional<OnePass> parse(String pattern) {
        return pattern.startsWith("^") ? new OnePassParser(pattern).pattern() : Optional.empty();
    }

    private Optional<OnePass> pattern() {
        at = 1;
        boolean toEnd = text.endsWith("$") && !text.endsWith("\\$");
        int end = text.length() - (toEnd ? 1 : 0);
        while (plain && at < end) {
            switch (text.charAt(at)) {
                case '(' -> open();
                case ')' -> close();
                default -> element();
            }
        }
        return plain && open.isEmpty()
                ? Optional.of(new OnePass(List.copyOf(elements), List.copyOf(groups), toEnd))
                : Optional.empty();
    }

    private void open() {
        boolean capturing = !text.startsWith("(?", at);
        plain = capturing || text.startsWith("(?:", at);
        at += capturing ? 1 : 3;
        open.push(capturing ? groups.size() : NO_GROUP);
        if (capturing) {
            groups.add(new Span(elements.size(), elements.size()));
        }
    }

    private void close() {
        at++;
        Integer group = open.poll();
        plain = group != null && !isRepeat(at);
        if (plain && group != null && group != NO_GROUP) {
            groups.set(group, new Span(groups.get(group).from(), elements.size()));
        }
    }

    private void element() {
        AsciiSet set = atom();
        if (!plain || !isRepeat(at)) {
            elements.add(new Element(set, 1, 1));
            return;
        }
        Optional<Repeat> repeat =
                switch (text.charAt(at)) {
                    case '*' -> Optional.of(new Repeat(0, Repeat.UNBOUNDED, at + 1));
                    case '+' -> Optional.of(new Repeat(1, Repeat.UNBOUNDED, at + 1));
                    case '?' -> Optional.of(new Repeat(0, 1, at + 1));
                    default -> Repeat.at(text, at);
                };
        // A second sign would make the repeat lazy.
        plain = repeat.filter(found -> found.isValid() && !isRepeat(found.end()))
                .isPresent();
        repeat.ifPresent(found -> {
            elements.add(new Element(set, found.min(), found.max()));
            at = found.end();
        });
    }

    private boolean isRepeat(int index) {
        return index < text.length() && "*+?{".indexOf(text.charAt(index)) >= 0;
    }

    private AsciiSet atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '.' -> AsciiSet.NOT_LINE_FEED;
            case '\\' -> escape();
            case '[' -> characterClass();
            default -> {
                plain = c >= ' ' && c < 127 && META.indexOf(c) < 0;
                yield plain ? AsciiSet.of(c) : AsciiSet.NONE;
            }
        };
    }

    private AsciiSet escape() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        if (c == 'd') {
            return AsciiSet.DIGITS;
        }
        if (c == 'w') {
            return AsciiSet.WORD;
        }
        plain = c > ' ' && c < 127 && (!AsciiSet.WORD.contains(c) || c == '_');
        return plain ? AsciiSet.of(c) : AsciiSet.NONE;
    }

    private AsciiSet characterClass() {
        boolean negated = text.startsWith("^", at);
        at += negated ? 1 : 0;
        int first = at;
        AsciiSet set = AsciiSet.NONE;
        while (plain && at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at++);
            if (c == '\\') {
                set = set.plus(escape());
                plain &= !isRangeSign(at);
            } else if (isRangeSign(at)) {
                char to = text.charAt(at + 1);
                plain = AsciiSet.WORD.contains(c) && AsciiSet.WORD.contains(to) && c <= to;
                set = plain ? set.plusRange(c, to) : set;
                at += 2;
            } else {
                boolean edge = at - 1 == first || text.startsWith("]", at);
                plain = c >= ' ' && c < 127 && c != '[' && c != '^' && (c != '-' || edge);
                set = plain ? set.plus(c) : set;
            }
        }
        // An empty class begins with a literal bracket.
        plain &= at > first && at < text.length();
        at++;
        return negated ? set.complement() : set;
    }

    /** A hyphen with something but the end of the class behind it. */
    private boolean isRangeSign(int index) {
        return text.startsWith("-", index) && index + 1 < text.length() && text.charAt(index + 1) != ']';
    }
}
