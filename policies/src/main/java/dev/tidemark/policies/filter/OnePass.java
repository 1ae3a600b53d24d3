package dev.tidemark.policies.filter;

import dev.tidemark.go.regexp.Groups;
import java.util.List;
import java.util.Optional;

/**
 * Matches patterns in which every step is clear from the next character, such as
 * {@code ^main-[0-9a-f]+-([0-9]+)$}: a sequence of character sets with repeats, where what follows a
 * repeat cannot be part of it. Most filters are like that, and are matched about ten times faster than
 * by RE2/J, which simulates all alternatives. It decides only on ASCII texts.
 */
final class OnePass {

    /** Between min and max characters of a set. */
    record Element(AsciiSet set, int min, int max) {
        boolean varies() {
            return min < max;
        }
    }

    /** The elements that a group spans: from the first inclusive to the second exclusive. */
    record Span(int from, int to) {}

    private final List<Element> elements;
    private final List<Span> groups;
    private final boolean toEnd;

    /** @param groups without group 0 */
    OnePass(List<Element> elements, List<Span> groups, boolean toEnd) {
        this.elements = elements;
        this.groups = groups;
        this.toEnd = toEnd;
    }

    /**
     * Nothing when the pattern is of another kind.
     *
     * @param pattern accepted by RE2/J
     */
    static Optional<OnePass> of(String pattern) {
        return OnePassParser.parse(pattern).filter(OnePass::isClear);
    }

    /** Whether greedy matching never has to give anything back. */
    private boolean isClear() {
        for (int i = 0; i < elements.size(); i++) {
            boolean open = elements.get(i).varies();
            for (int j = i + 1; open && j < elements.size(); j++) {
                if (!elements.get(j).set().isDisjointFrom(elements.get(i).set())) {
                    return false;
                }
                open = elements.get(j).min() == 0;
            }
        }
        return true;
    }

    static boolean decides(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    Optional<Groups> match(String text) {
        int[] starts = new int[elements.size() + 1];
        int at = 0;
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            starts[i] = at;
            int limit = element.max() > text.length() - at ? text.length() : at + element.max();
            while (at < limit && element.set().contains(text.charAt(at))) {
                at++;
            }
            if (at - starts[i] < element.min()) {
                return Optional.empty();
            }
        }
        starts[elements.size()] = at;
        return toEnd && at < text.length() ? Optional.empty() : Optional.of(new Match(text, starts, groups));
    }

    private static final class Match implements Groups {
        private final String text;
        private final int[] starts;
        private final List<Span> groups;

        Match(String text, int[] starts, List<Span> groups) {
            this.text = text;
            this.starts = starts;
            this.groups = groups;
        }

        @Override
        public int count() {
            return groups.size();
        }

        @Override
        public String group(int number) {
            Span span = number == 0 ? new Span(0, starts.length - 1) : groups.get(number - 1);
            return text.substring(starts[span.from()], starts[span.to()]);
        }
    }
}
