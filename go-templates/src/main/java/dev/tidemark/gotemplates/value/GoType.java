package dev.tidemark.gotemplates.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Go type as templates see it: it decides what {@code %T} and {@code typeOf} print, which arguments a function
 * takes, and what an absent map entry reads as.
 *
 * @param kind the reflect kind
 * @param name as Go prints it, such as {@code map[string]interface {}}
 * @param key of a map
 * @param element of a list or map
 */
public record GoType(
        Kind kind,
        String name,
        @Nullable GoType key,
        @Nullable GoType element) {
    public static final GoType BOOL = basic(Kind.BOOL);
    public static final GoType INT = basic(Kind.INT);
    public static final GoType INT32 = basic(Kind.INT32);
    public static final GoType INT64 = basic(Kind.INT64);
    public static final GoType UINT8 = basic(Kind.UINT8);
    public static final GoType UINT32 = basic(Kind.UINT32);
    public static final GoType UINT64 = basic(Kind.UINT64);
    public static final GoType FLOAT64 = basic(Kind.FLOAT64);
    public static final GoType COMPLEX128 = basic(Kind.COMPLEX128);
    public static final GoType STRING = basic(Kind.STRING);

    /** {@code interface {}}: takes every value. */
    public static final GoType ANY = new GoType(Kind.INTERFACE, "interface {}", null, null);

    public static final GoType LIST = listOf(ANY);
    public static final GoType STRINGS = listOf(STRING);
    public static final GoType INTS = listOf(INT);
    public static final GoType MAP = mapOf(STRING, ANY);
    public static final GoType STRING_MAP = mapOf(STRING, STRING);
    public static final GoType FUNC = new GoType(Kind.FUNC, "func", null, null);

    private static GoType basic(Kind kind) {
        return new GoType(kind, kind.goName(), null, null);
    }

    /** {@code []element}. */
    public static GoType listOf(GoType element) {
        return new GoType(Kind.SLICE, "[]" + element.name, null, element);
    }

    /** {@code map[key]element}. */
    public static GoType mapOf(GoType key, GoType element) {
        return new GoType(Kind.MAP, "map[" + key.name + "]" + element.name, key, element);
    }

    /** The same type under a name of its own, as {@code type Files map[string]string} makes one. */
    public GoType named(String newName) {
        return new GoType(kind, newName, key, element);
    }

    /** The element's type; {@link #ANY} where there is none. */
    public GoType elementOrAny() {
        return element == null ? ANY : element;
    }

    /** The key's type; {@link #STRING} where there is none. */
    public GoType keyOrString() {
        return key == null ? STRING : key;
    }

    /** What Go's zero value of this type is here. */
    public @Nullable Object zero() {
        return switch (kind) {
            case BOOL -> false;
            case STRING -> "";
            case FLOAT64 -> 0.0;
            case COMPLEX128 -> new GoComplex(0, 0);
            case INT64 -> name.equals("int64") ? (Object) 0L : new GoInteger(this, 0);
            case INT, INT32, UINT8, UINT32, UINT64 -> new GoInteger(this, 0);
            case SLICE -> TypedList.of(this, List.of());
            case MAP -> TypedMap.of(this, Map.of());
            case INVALID, STRUCT, POINTER, INTERFACE, FUNC -> null;
        };
    }

    /** Whether Go lets {@code nil} stand for a value of this type. */
    public boolean canBeNil() {
        return switch (kind) {
            case SLICE, MAP, POINTER, INTERFACE, FUNC -> true;
            default -> false;
        };
    }

    /** Whether a value of type {@code other} may be given where this type is asked for. */
    public boolean accepts(GoType other) {
        if (kind == Kind.INTERFACE || equals(other)) {
            return true;
        }
        // Go: identical underlying types, and one of both is not a named type.
        return kind == other.kind
                && (kind == Kind.SLICE || kind == Kind.MAP)
                && elementOrAny().equals(other.elementOrAny())
                && keyOrString().equals(other.keyOrString());
    }

    @Override
    public String toString() {
        return name;
    }
}
