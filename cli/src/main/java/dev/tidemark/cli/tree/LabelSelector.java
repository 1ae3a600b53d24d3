package dev.tidemark.cli.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** kubectl's {@code -l}: {@code a=b}, {@code a!=b}, {@code a}, {@code !a}, {@code a in (b,c)}, {@code a notin (b,c)}. */
public final class LabelSelector implements Predicate<Map<String, String>> {

    private static final String KEY = "([A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?";
    private static final Pattern EQUALS = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*(?<value>" + VALUE + ")");
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\((?<values>[^()]*)\\)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);

    /** Commas between requirements, not those inside parentheses. */
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private final List<Predicate<Map<String, String>>> requirements;

    private LabelSelector(List<Predicate<Map<String, String>>> requirements) {
        this.requirements = requirements;
    }

    /**
     * Reads a selector; the empty one selects everything.
     *
     * @throws IllegalArgumentException names the part that cannot be read
     */
    public static LabelSelector parse(String text) {
        List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : COMMA.split(text, -1)) {
                requirements.add(requirement(part.strip()));
            }
        }
        return new LabelSelector(requirements);
    }

    private static Predicate<Map<String, String>> requirement(String part) {
        Matcher equals = EQUALS.matcher(part);
        if (equals.matches()) {
            String key = equals.group(1);
            String value = equals.group("value");
            Predicate<Map<String, String>> same = labels -> value.equals(labels.get(key));
            return equals.group(3).equals("!=") ? same.negate() : same;
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            String key = set.group(1);
            Set<String> values = Arrays.stream(set.group("values").split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            Predicate<Map<String, String>> in = labels -> labels.containsKey(key) && values.contains(labels.get(key));
            return set.group(3).equals("notin") ? in.negate() : in;
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            String key = exists.group(2);
            boolean wanted = exists.group(1).isEmpty();
            return labels -> labels.containsKey(key) == wanted;
        }
        throw new IllegalArgumentException("the selector '" + part
                + "' cannot be read: write key=value, key!=value, key, !key, 'key in (a,b)' or 'key notin (a,b)'");
    }

    @Override
    public boolean test(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }
}
