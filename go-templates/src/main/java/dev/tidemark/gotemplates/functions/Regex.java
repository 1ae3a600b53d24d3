package dev.tidemark.gotemplates.functions;

import com.google.re2j.Matcher;
import dev.tidemark.go.regexp.ExpandTemplate;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.go.regexp.GoPatternException;
import dev.tidemark.go.regexp.Groups;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.limits.OverBound;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression with the operations of Go's {@code regexp}.
 *
 * @param cost of one character: how many states a match may be in
 */
record Regex(Budget budget, GoPattern pattern, int cost) {
    /** States that cost one step for each character. */
    private static final int STATES_OF_A_STEP = 64;

    static Regex compile(Budget budget, String text) {
        int bound = budget.bounds().patternLength();
        if (text.length() > bound) {
            throw new OverBound("a regular expression of more than " + bound + " characters (bound: patternLength)");
        }
        try {
            GoPattern pattern = GoPattern.compile(text);
            int states = (int) Math.min(pattern.weight() + text.length(), Integer.MAX_VALUE);
            budget.steps(states);
            return new Regex(budget, pattern, Math.max(1, states / STATES_OF_A_STEP));
        } catch (GoPatternException e) {
            throw new FunctionException(e.getMessage() + ": `" + text + "`");
        }
    }

    private Matcher matcher(String text) {
        budget.steps((long) text.length() * cost + 1);
        return pattern.matcher(text);
    }

    boolean matches(String text) {
        return matcher(text).find();
    }

    String find(String text) {
        Matcher matcher = matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    List<String> findAll(String text, int limit) {
        var found = new ArrayList<String>();
        each(text, limit, matcher -> found.add(matcher.group()));
        return found;
    }

    private interface Visitor {
        void visit(Matcher matcher);
    }

    /** Visits the matches; Go leaves out an empty one right behind the one before. */
    private void each(String text, int limit, Visitor visitor) {
        Matcher matcher = matcher(text);
        int count = 0;
        int lastEnd = -1;
        int from = 0;
        while ((limit < 0 || count < limit) && from <= text.length() && matcher.find(from)) {
            boolean empty = matcher.end() == matcher.start();
            if (!empty || matcher.start() != lastEnd) {
                visitor.visit(matcher);
                count++;
                budget.list(count, 1);
            }
            lastEnd = matcher.end();
            from = empty ? lastEnd < text.length() ? text.offsetByCodePoints(lastEnd, 1) : text.length() + 1 : lastEnd;
        }
    }

    String replaceAll(String text, String template) {
        var out = new BoundedText(budget);
        ExpandTemplate expansion = ExpandTemplate.parse(template);
        int[] last = {0};
        each(text, -1, matcher -> {
            out.append(text.substring(last[0], matcher.start()));
            out.append(expansion.expand(Groups.of(matcher), pattern.groupsByName()));
            last[0] = matcher.end();
        });
        return out.append(text.substring(last[0])).toString();
    }

    String replaceAllLiteral(String text, String with) {
        var out = new BoundedText(budget);
        int[] last = {0};
        each(text, -1, matcher -> {
            out.append(text.substring(last[0], matcher.start())).append(with);
            last[0] = matcher.end();
        });
        return out.append(text.substring(last[0])).toString();
    }

    /** At most {@code limit} parts, all if it is negative, none if it is zero. */
    List<String> split(String text, int limit) {
        if (limit == 0) {
            return List.of();
        }
        if (!pattern.toString().isEmpty() && text.isEmpty()) {
            return List.of("");
        }
        var parts = new ArrayList<String>();
        int[] state = {0, 0};
        each(text, limit, matcher -> {
            if (limit > 0 && parts.size() == limit - 1) {
                return;
            }
            state[1] = matcher.start();
            if (matcher.end() != 0) {
                parts.add(text.substring(state[0], state[1]));
            }
            state[0] = matcher.end();
        });
        if (state[1] != text.length()) {
            parts.add(text.substring(state[0]));
        }
        return parts;
    }
}
