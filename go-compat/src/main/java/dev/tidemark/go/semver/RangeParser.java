package dev.tidemark.go.semver;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.tidemark.go.semver.Constraint.Operator;
import dev.tidemark.go.semver.Constraint.Precision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The constraint grammar of Masterminds v3.5.0 (spec library-facts 1). RE2/J takes linear time, so a
 * hostile text cannot make it backtrack.
 */
final class RangeParser {

    private static final String OPERATOR = "!=|>=|=>|<=|=<|~>|=|>|<|~|\\^|";
    // The bar is a number character by accident in the original: `1|2` passes here, then is no number.
    private static final String PART = "[0-9|xX*]+";
    private static final String IDENTIFIERS = "[0-9A-Za-z\\-]+(?:\\.[0-9A-Za-z\\-]+)*";
    private static final String VERSION =
            "v?(" + PART + ")(\\." + PART + ")?(\\." + PART + ")?(-" + IDENTIFIERS + ")?(?:\\+" + IDENTIFIERS + ")?";
    private static final String ONE = "(" + OPERATOR + ")\\s*(" + VERSION + ")";

    private static final Pattern HYPHEN = Pattern.compile("\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")\\s*");
    private static final Pattern VALID_GROUP = Pattern.compile("\\s*" + ONE + "\\s*(?:(?:\\s+|,\\s*)" + ONE + "\\s*)*");
    private static final Pattern CONSTRAINT = Pattern.compile(ONE);

    private RangeParser() {}

    static VersionRange parse(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > VersionRange.MAX_BYTES) {
            throw new VersionRangeException("improper constraint: too long: %d bytes, at most %d are allowed"
                    .formatted(bytes, VersionRange.MAX_BYTES));
        }
        String[] parts = rewriteHyphens(text).split("\\|\\|", -1);
        if (parts.length > VersionRange.MAX_GROUPS) {
            throw new VersionRangeException("improper constraint: too many || groups: %d, at most %d are allowed"
                    .formatted(parts.length, VersionRange.MAX_GROUPS));
        }
        List<VersionRange.Group> groups = new ArrayList<>();
        for (String part : parts) {
            Optional<VersionRange.Group> group = group(part);
            if (group.isEmpty()) {
                throw new VersionRangeException("improper constraint: \"%s\"".formatted(part));
            }
            groups.add(group.get());
        }
        return new VersionRange(text, List.copyOf(groups));
    }

    private static String rewriteHyphens(String text) {
        if (text.indexOf('-') < 0) {
            return text;
        }
        StringBuilder rewritten = new StringBuilder();
        Matcher matcher = HYPHEN.matcher(text);
        int end = 0;
        while (matcher.find()) {
            rewritten.append(text, end, matcher.start());
            rewritten
                    .append(">= ")
                    .append(matcher.group(1))
                    .append(", <= ")
                    .append(matcher.group(6))
                    .append(' ');
            end = matcher.end();
        }
        return rewritten.append(text, end, text.length()).toString();
    }

    private static Optional<VersionRange.Group> group(String text) {
        if (!VALID_GROUP.matches(text)) {
            return Optional.empty();
        }
        List<Constraint> constraints = new ArrayList<>();
        Matcher matcher = CONSTRAINT.matcher(text);
        while (matcher.find()) {
            Optional<Constraint> constraint = constraint(matcher);
            if (constraint.isEmpty()) {
                return Optional.empty();
            }
            constraints.add(constraint.get());
        }
        boolean wantsPreReleases = constraints.stream().anyMatch(c -> c.bound().isPreRelease());
        return Optional.of(new VersionRange.Group(List.copyOf(constraints), wantsPreReleases));
    }

    private static Optional<Constraint> constraint(Matcher matcher) {
        String major = matcher.group(3);
        String minor = orEmpty(matcher.group(4));
        String patch = orEmpty(matcher.group(5));
        String preRelease = orEmpty(matcher.group(6));
        Precision precision = precision(major, minor, patch);
        String bound =
                switch (precision) {
                    case NOTHING -> "0.0.0" + preRelease;
                    case MAJOR -> major + ".0.0" + preRelease;
                    case MINOR -> major + minor + ".0" + preRelease;
                    case PATCH -> matcher.group(2);
                };
        return Version.parse(bound).map(version -> new Constraint(operator(matcher.group(1)), version, precision));
    }

    private static Precision precision(String major, String minor, String patch) {
        if (isWildcard(major)) {
            return Precision.NOTHING;
        }
        if (minor.isEmpty() || isWildcard(minor.substring(1))) {
            return Precision.MAJOR;
        }
        return patch.isEmpty() || isWildcard(patch.substring(1)) ? Precision.MINOR : Precision.PATCH;
    }

    private static boolean isWildcard(String part) {
        return part.equals("x") || part.equals("X") || part.equals("*");
    }

    private static Operator operator(String sign) {
        return switch (sign) {
            case "!=" -> Operator.NOT_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=", "=>" -> Operator.GREATER_OR_EQUAL;
            case "<" -> Operator.LESS;
            case "<=", "=<" -> Operator.LESS_OR_EQUAL;
            case "~", "~>" -> Operator.TILDE;
            case "^" -> Operator.CARET;
            default -> Operator.EQUAL;
        };
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
