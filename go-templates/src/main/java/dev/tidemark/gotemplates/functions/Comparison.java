package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.value.GoComplex;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import org.jspecify.annotations.Nullable;

/** Go's {@code eq}, {@code lt} and their relatives: values of different kinds do not compare. */
final class Comparison {
    private enum Basic {
        NONE,
        BOOL,
        COMPLEX,
        INT,
        UINT,
        FLOAT,
        STRING
    }

    private Comparison() {}

    /** {@code eq}: the first argument equals one of the others. */
    static boolean equalsAny(Arguments arguments) {
        if (arguments.count() < 2) {
            throw new FunctionException("missing argument for comparison");
        }
        Object first = arguments.value(0);
        for (Object other : arguments.from(1)) {
            if (equal(first, other)) {
                return true;
            }
        }
        return false;
    }

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        Object x = Values.plain(absent(a));
        Object y = Values.plain(absent(b));
        Basic kind = basic(x);
        Basic other = basic(y);
        if (kind != other) {
            if (isInteger(kind) && isInteger(other)) {
                return compareMixed(x, y) == 0;
            }
            if (x != null && y != null) {
                throw incompatible(a, b);
            }
            return false;
        }
        if (kind != Basic.NONE) {
            return (kind == Basic.INT || kind == Basic.UINT) ? compareMixed(x, y) == 0 : x != null && x.equals(y);
        }
        if (x == null || y == null) {
            return x == y;
        }
        if (Values.kindOf(x) != Values.kindOf(y) || !(y instanceof TemplateObject)) {
            throw new FunctionException("non-comparable type " + Values.typeName(y));
        }
        return x.equals(y);
    }

    private static @Nullable Object absent(@Nullable Object value) {
        return value == NoValue.INSTANCE ? null : value;
    }

    /** Less than zero, zero or more, as the first is less than, equal to or greater than the second. */
    static int order(@Nullable Object a, @Nullable Object b) {
        Object x = Values.plain(absent(a));
        Object y = Values.plain(absent(b));
        Basic kind = basic(x);
        Basic other = basic(y);
        if (kind == Basic.NONE || other == Basic.NONE || (kind == Basic.BOOL && other == Basic.BOOL)) {
            Object culprit = other == Basic.NONE && kind != Basic.NONE ? b : a;
            throw new FunctionException("invalid type for comparison: " + Values.typeName(culprit));
        }
        if (kind != other && !(isInteger(kind) && isInteger(other))) {
            throw incompatible(a, b);
        }
        return switch (kind) {
            case INT, UINT -> compareMixed(x, y);
            case FLOAT -> compareFloats(x, y);
            case STRING -> Utf8.compare(String.valueOf(x), String.valueOf(y));
            case NONE, BOOL, COMPLEX ->
                throw new FunctionException("invalid type for comparison: " + Values.typeName(a));
        };
    }

    private static int compareFloats(@Nullable Object x, @Nullable Object y) {
        if (x instanceof Double a && y instanceof Double b) {
            // Not Double.compare: zeros of both signs are equal.
            return a < b ? -1 : a > b ? 1 : 0;
        }
        throw new AssertionError("not floats");
    }

    private static FunctionException incompatible(@Nullable Object a, @Nullable Object b) {
        return new FunctionException(
                "incompatible types for comparison: " + Values.typeName(a) + " and " + Values.typeName(b));
    }

    private static boolean isInteger(Basic kind) {
        return kind == Basic.INT || kind == Basic.UINT;
    }

    /** Signed and unsigned integers by their numbers. */
    private static int compareMixed(@Nullable Object x, @Nullable Object y) {
        Long a = Values.integer(x);
        Long b = Values.integer(y);
        if (a == null || b == null) {
            throw new AssertionError("not integers");
        }
        boolean bigA = basic(x) == Basic.UINT && a < 0;
        boolean bigB = basic(y) == Basic.UINT && b < 0;
        return bigA == bigB ? Long.compare(a, b) : bigA ? 1 : -1;
    }

    private static Basic basic(@Nullable Object value) {
        return switch (Values.plain(value)) {
            case null -> Basic.NONE;
            case Boolean b -> Basic.BOOL;
            case Long l -> Basic.INT;
            case GoInteger i -> i.type().kind().isUnsigned() ? Basic.UINT : Basic.INT;
            case Double d -> Basic.FLOAT;
            case GoComplex c -> Basic.COMPLEX;
            case String s -> Basic.STRING;
            default -> Basic.NONE;
        };
    }
}
