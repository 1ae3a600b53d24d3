package dev.tidemark.go.semver;

import static dev.tidemark.go.semver.Version.PRECEDENCE;

/**
 * One comparison of a range, such as {@code >=1.2}.
 *
 * @param bound missing and wildcard parts as zero, the pre-release kept
 */
record Constraint(Operator operator, Version bound, Precision precision) {

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        TILDE,
        CARET
    }

    /** Up to which part the version was written; what follows the first wildcard counts as missing. */
    enum Precision {
        NOTHING,
        MAJOR,
        MINOR,
        PATCH
    }

    /** Whether the version satisfies this comparison; pre-releases are the group's business. */
    boolean admits(Version version) {
        int order = PRECEDENCE.compare(version, bound);
        return switch (operator) {
            case EQUAL -> precision == Precision.PATCH ? order == 0 : order >= 0 && withinTilde(version);
            case NOT_EQUAL -> differs(version, order);
            case GREATER ->
                switch (precision) {
                    case MAJOR -> compareMajor(version) > 0;
                    case MINOR -> compareMinor(version) > 0;
                    case NOTHING, PATCH -> order > 0;
                };
            case GREATER_OR_EQUAL -> order >= 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL ->
                switch (precision) {
                    case MAJOR -> compareMajor(version) <= 0;
                    // A lone wildcard is 0.0 here, so `<=*` takes only 0.0.z: Flux's behaviour (spec 22.1, 24).
                    case NOTHING, MINOR -> compareMinor(version) <= 0;
                    case PATCH -> order <= 0;
                };
            case TILDE -> order >= 0 && withinTilde(version);
            case CARET -> order >= 0 && withinCaret(version);
        };
    }

    private boolean differs(Version version, int order) {
        return switch (precision) {
            case MAJOR -> compareMajor(version) != 0;
            case MINOR ->
                compareMinor(version) != 0 || PreReleaseOrder.compare(version.preRelease(), bound.preRelease()) != 0;
            case NOTHING, PATCH -> order != 0;
        };
    }

    private boolean withinTilde(Version version) {
        boolean zero = bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0;
        return switch (precision) {
            case NOTHING -> true;
            case MAJOR -> compareMajor(version) == 0;
            case MINOR -> compareMinor(version) == 0;
            // `~0.0.0` matches every release in Flux (spec 10.1).
            case PATCH -> zero || compareMinor(version) == 0;
        };
    }

    private boolean withinCaret(Version version) {
        if (bound.major() != 0 || precision == Precision.MAJOR) {
            return compareMajor(version) == 0;
        }
        if (bound.minor() != 0 || precision == Precision.MINOR) {
            return compareMinor(version) == 0;
        }
        return compareMinor(version) == 0 && version.patch() == bound.patch();
    }

    private int compareMajor(Version version) {
        return Long.compareUnsigned(version.major(), bound.major());
    }

    private int compareMinor(Version version) {
        int order = compareMajor(version);
        return order == 0 ? Long.compareUnsigned(version.minor(), bound.minor()) : order;
    }
}
