package dev.tidemark.gotemplates.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.limits.OverBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with the operations of Go's {@code regexp}.
 *
 * @param cost of one character: how many states a match may be in
 */
record Regex(Budget budget, Pattern pattern, int cost) {
    /** Go refuses products of nested repeats over this number. */
    private static final int MOST_REPEATS = 1_000;
    /** RE2/J recurses on these; Go's own bound is 1000. */
    private static final int DEEPEST = 200;

    static Regex compile(Budget budget, String text) {
        int bound = budget.bounds().patternLength();
        if (text.length() > bound) {
            throw new OverBound("a regular expression of more than " + bound + " characters (bound: patternLength)");
        }
        int states = states(text);
        budget.steps(states);
        try {
            return new Regex(budget, Pattern.compile(text), Math.max(1, states / 64));
        } catch (PatternSyntaxException e) {
            throw new FunctionException("error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
        }
    }

    /** About how large the compiled program gets; refuses what Go refuses for its size. */
    private static int states(String text) {
        long largest = 1;
        int depth = 0;
        int[] inner = new int[DEEPEST + 2];
        int[] closed = new int[DEEPEST + 2];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                if (++depth > DEEPEST) {
                    throw new FunctionException("error parsing regexp: expression nests too deeply");
                }
                inner[depth] = 1;
            } else if (c == ')' && depth > 0) {
                closed[depth - 1] = inner[depth];
                depth--;
            } else if (c == '{') {
                int repeats = repeats(text, i);
                boolean group = i > 0 && text.charAt(i - 1) == ')';
                long product = (long) repeats * (group ? Math.max(1, closed[depth]) : 1);
                if (product > MOST_REPEATS) {
                    throw new FunctionException("error parsing regexp: invalid repeat count");
                }
                inner[depth] = (int) Math.max(inner[depth], product);
                largest = Math.max(largest, product);
            }
            if (c == ')' && i + 1 < text.length() && text.charAt(i + 1) != '{') {
                inner[depth] = Math.max(inner[depth], closed[depth]);
            } else if (c == ')') {
                inner[depth] = Math.max(inner[depth], 1);
            }
        }
        return (int) Math.min(largest * text.length(), Integer.MAX_VALUE);
    }

    private static int repeats(String text, int open) {
        int close = text.indexOf('}', open);
        if (close < 0 || close - open > 12) {
            return 1;
        }
        int most = 1;
        for (String number : text.substring(open + 1, close).split(",", -1)) {
            if (!number.isEmpty() && number.length() < 9 && number.chars().allMatch(Character::isDigit)) {
                most = Math.max(most, Integer.parseInt(number));
            }
        }
        return most;
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
        int[] last = {0};
        each(text, -1, matcher -> {
            out.append(text.substring(last[0], matcher.start()));
            expand(out, template, matcher);
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
        if (!pattern.pattern().isEmpty() && text.isEmpty()) {
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

    /** Go's templates: {@code $1}, {@code ${1}}, {@code $name}, {@code $$}. */
    private void expand(BoundedText out, String template, Matcher matcher) {
        int from = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', from)) {
            out.append(template.substring(from, dollar));
            if (template.startsWith("$$", dollar)) {
                out.append('$');
                from = dollar + 2;
                continue;
            }
            boolean braces = template.startsWith("{", dollar + 1);
            int start = dollar + (braces ? 2 : 1);
            int end = start;
            while (end < template.length() && isName(template.charAt(end))) {
                end++;
            }
            boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
            if (end == start || !closed) {
                out.append('$');
                from = dollar + 1;
                continue;
            }
            String group = group(matcher, template.substring(start, end));
            out.append(group == null ? "" : group);
            from = braces ? end + 1 : end;
        }
        out.append(template.substring(from));
    }

    private static boolean isName(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private @Nullable String group(Matcher matcher, String name) {
        boolean numeric =
                name.chars().allMatch(c -> c >= '0' && c <= '9') && !(name.length() > 1 && name.startsWith("0"));
        if (numeric) {
            int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
            return number <= matcher.groupCount() ? matcher.group(number) : null;
        }
        Map<String, Integer> names = pattern.namedGroups();
        Integer number = names.get(name);
        return number == null ? null : matcher.group(number);
    }
}
