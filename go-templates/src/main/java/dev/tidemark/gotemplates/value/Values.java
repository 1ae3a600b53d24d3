package dev.tidemark.gotemplates.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine knows about a value by looking at it. */
public final class Values {
    private Values() {}

    /**
     * Brings the JDK's other numbers into the forms the engine works with: {@link Integer} and smaller become Go's
     * {@code int}, {@link Float} and {@link BigDecimal} a double, a {@link BigInteger} that fits a long.
     */
    public static @Nullable Object normal(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer i -> GoInteger.of(i);
            case Short i -> GoInteger.of(i);
            case Byte i -> GoInteger.of(i);
            case Float f -> (double) f;
            case BigDecimal d -> d.doubleValue();
            case BigInteger i -> i.bitLength() < Long.SIZE ? (Object) i.longValue() : (Object) i.doubleValue();
            case CharSequence s when !(s instanceof String) -> s.toString();
            default -> value;
        };
    }

    /** The dynamic Go type; null for {@code nil} and for no value. */
    public static @Nullable GoType typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case NoValue none -> null;
            case String s -> GoType.STRING;
            case Boolean b -> GoType.BOOL;
            case Long l -> GoType.INT64;
            case Double d -> GoType.FLOAT64;
            case GoInteger i -> i.type();
            case GoComplex c -> GoType.COMPLEX128;
            case TypedList l -> l.type();
            case TypedMap m -> m.type();
            case List<?> l -> GoType.LIST;
            case Map<?, ?> m -> GoType.MAP;
            case TemplateObject o -> o.structType().type();
            case Integer i -> GoType.INT;
            case HostFunction f -> GoType.FUNC;
            default -> new GoType(Kind.STRUCT, "struct {}", null, null);
        };
    }

    /** As {@code %T} prints it. */
    public static String typeName(@Nullable Object value) {
        GoType type = typeOf(value);
        return type == null ? "<nil>" : type.name();
    }

    public static Kind kindOf(@Nullable Object value) {
        GoType type = typeOf(value);
        return type == null ? Kind.INVALID : type.kind();
    }

    /** The plain value behind a named type over one, such as a month; any other value itself. */
    public static @Nullable Object plain(@Nullable Object value) {
        return value instanceof TemplateObject object ? object.structType().underlying(object) : value;
    }

    /** Go's truth: not the zero value of its type; objects are always true. */
    public static boolean truth(@Nullable Object value) {
        return switch (plain(value)) {
            case null -> false;
            case NoValue none -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty();
            case Long l -> l != 0;
            case Double d -> d != 0;
            case GoInteger i -> i.value() != 0;
            case GoComplex c -> c.real() != 0 || c.imaginary() != 0;
            case List<?> l -> !l.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Object other -> true;
        };
    }

    /** The bits of an integer of any kind, or null if the value is none. */
    public static @Nullable Long integer(@Nullable Object value) {
        return switch (plain(value)) {
            case Long l -> l;
            case GoInteger i -> i.value();
            case null, default -> null;
        };
    }
}
