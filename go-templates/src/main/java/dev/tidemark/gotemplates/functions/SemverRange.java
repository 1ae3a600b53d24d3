package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions: groups of constraints, of which one group has to be satisfied.
 *
 * @param groups each all of whose constraints must hold
 */
record SemverRange(List<List<Constraint>> groups) {
    private static final String PART = "[0-9]++|[xX*]";
    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final String VERSION = "v?(" + PART + ")(?:\\.(" + PART + "))?(?:\\.(" + PART + "))?(?:-("
            + IDENTIFIERS + "))?(?:\\+" + IDENTIFIERS + ")?";
    private static final Pattern CONSTRAINT = Pattern.compile(
            "\\s*+(=>|>=|=<|<=|!=|~>|=|>|<|~|\\^|)\\s*+" + VERSION + "\\s*+(?:,(?=.*\\S)|(?=\\s|$)|(?<=\\s))");
    private static final Pattern HYPHEN =
            Pattern.compile("(?<=^|\\s|,)(" + VERSION + ")\\s+-\\s+(" + VERSION + ")(?=\\s|,|$)");
    /** Longer ones are not written by people. */
    private static final int LONGEST = 512;
    /** Go's library refuses more alternatives. */
    private static final int MOST_GROUPS = 32;

    /**
     * One comparison.
     *
     * @param missing how many parts are left open: 0 to 3
     */
    record Constraint(String operator, SemverVersion version, int missing) {
        boolean holds(SemverVersion v) {
            return switch (operator) {
                case "", "=" -> missing > 0 ? tilde(v) : v.compareTo(version) == 0;
                case "!=" -> missing > 0 ? !sameKnownParts(v) : v.compareTo(version) != 0;
                case ">" -> greater(v);
                case ">=", "=>" -> v.compareTo(version) >= 0;
                case "<" -> v.compareTo(version) < 0;
                case "<=", "=<" -> lessOrEqual(v);
                case "~", "~>" -> tilde(v);
                default -> caret(v);
            };
        }

        private boolean sameKnownParts(SemverVersion v) {
            // A wildcard alone leaves the major version known as zero.
            return v.major() == version.major()
                    && (missing >= 2
                            ? missing < 3 || (v.minor() == 0 && v.patch() == 0)
                            : v.minor() == version.minor());
        }

        private boolean greater(SemverVersion v) {
            if (missing == 0 || missing == 3) {
                return v.compareTo(version) > 0;
            }
            int major = Long.compareUnsigned(v.major(), version.major());
            return major > 0 || (missing == 1 && major == 0 && Long.compareUnsigned(v.minor(), version.minor()) > 0);
        }

        private boolean lessOrEqual(SemverVersion v) {
            if (missing == 0) {
                return v.compareTo(version) <= 0;
            }
            int major = Long.compareUnsigned(v.major(), version.major());
            boolean minorOpen = missing == 2;
            return major < 0 || (major == 0 && (minorOpen || Long.compareUnsigned(v.minor(), version.minor()) <= 0));
        }

        private boolean tilde(SemverVersion v) {
            boolean everything = version.major() == 0
                    && version.minor() == 0
                    && version.patch() == 0
                    && (missing == 0 || missing == 3);
            return v.compareTo(version) >= 0
                    && (everything || (v.major() == version.major() && (missing >= 2 || v.minor() == version.minor())));
        }

        private boolean caret(SemverVersion v) {
            if (v.compareTo(version) < 0 || v.major() != version.major()) {
                return false;
            }
            if (version.major() != 0 || missing == 2) {
                return true;
            }
            if (version.minor() != 0 || missing == 1) {
                return v.minor() == version.minor();
            }
            return v.minor() == 0 && v.patch() == version.patch();
        }
    }

    /**
     * Reads a range.
     *
     * @throws FunctionException if it is none
     */
    static SemverRange parse(String text) {
        if (text.length() > LONGEST) {
            throw improper(text.substring(0, 60) + "...");
        }
        var groups = new ArrayList<List<Constraint>>();
        for (String group : HYPHEN.matcher(text).replaceAll(">=$1 <=$6").split("\\|\\|", -1)) {
            groups.add(group(group, text));
        }
        if (groups.size() > MOST_GROUPS) {
            throw new FunctionException("improper constraint: more than " + MOST_GROUPS + " alternatives");
        }
        return new SemverRange(groups);
    }

    private static FunctionException improper(String text) {
        return new FunctionException("improper constraint: " + text);
    }

    private static List<Constraint> group(String group, String text) {
        var constraints = new ArrayList<Constraint>();
        Matcher matcher = CONSTRAINT.matcher(group);
        int at = 0;
        while (at < group.length()) {
            matcher.region(at, group.length());
            if (!matcher.lookingAt()) {
                throw improper(text);
            }
            constraints.add(constraint(matcher));
            at = matcher.end();
        }
        if (constraints.isEmpty()) {
            throw improper(text);
        }
        return constraints;
    }

    private static Constraint constraint(Matcher matcher) {
        String[] numbers = new String[3];
        int known = 0;
        while (known < 3 && isNumber(matcher.group(2 + known))) {
            numbers[known] = matcher.group(2 + known);
            known++;
        }
        String prerelease = matcher.group(5) == null ? "" : "-" + matcher.group(5);
        String version = (known > 0 ? numbers[0] : "0") + "." + (known > 1 ? numbers[1] : "0") + "."
                + (known > 2 ? numbers[2] : "0") + prerelease;
        return new Constraint(matcher.group(1), SemverVersion.parse(version), 3 - known);
    }

    private static boolean isNumber(@Nullable String part) {
        return part != null && Character.isDigit(part.charAt(0));
    }

    boolean contains(SemverVersion version) {
        return groups.stream().anyMatch(group -> {
            boolean prereleases =
                    group.stream().anyMatch(c -> !c.version.prerelease().isEmpty());
            return (version.prerelease().isEmpty() || prereleases)
                    && group.stream().allMatch(c -> c.holds(version));
        });
    }
}
