package dev.tidemark.gotemplates.function;

import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name and the Go parameter types of a function.
 *
 * @param variadic the type of further arguments, or null if there may be none
 */
public record Signature(
        String name, List<GoType> parameters, @Nullable GoType variadic) {
    /** Takes whatever comes, also no value at all; Go's built-in functions ask for it. */
    public static final GoType VALUE = new GoType(Kind.INTERFACE, "reflect.Value", null, null);

    /** The type of points in time. */
    public static final GoType TIME = new GoType(Kind.STRUCT, "time.Time", null, null);

    /** The type of a certificate with its key. */
    public static final GoType CERTIFICATE = new GoType(Kind.STRUCT, "sprig.certificate", null, null);

    public Signature {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a signature as written: {@code trunc(int, string)}, {@code list(...any)}. Types are {@code any},
     * {@code string}, {@code int}, {@code int64}, {@code float64}, {@code bool}, {@code map}, {@code list},
     * {@code uint32}, {@code time}, {@code certificate} and {@code value}.
     */
    public static Signature of(String text) {
        int open = text.indexOf('(');
        var parameters = new ArrayList<GoType>();
        GoType variadic = null;
        String inner = text.substring(open + 1, text.length() - 1);
        for (String part : inner.isBlank() ? new String[0] : inner.split(",", -1)) {
            String name = part.strip();
            if (name.startsWith("...")) {
                variadic = type(name.substring(3));
            } else {
                parameters.add(type(name));
            }
        }
        return new Signature(text.substring(0, open), parameters, variadic);
    }

    private static GoType type(String name) {
        return switch (name) {
            case "any" -> GoType.ANY;
            case "value" -> VALUE;
            case "string" -> GoType.STRING;
            case "int" -> GoType.INT;
            case "int64" -> GoType.INT64;
            case "uint32" -> GoType.UINT32;
            case "float64" -> GoType.FLOAT64;
            case "bool" -> GoType.BOOL;
            case "map" -> GoType.MAP;
            case "list" -> GoType.LIST;
            case "time" -> TIME;
            case "certificate" -> CERTIFICATE;
            default -> throw new IllegalArgumentException("no such parameter type: " + name);
        };
    }

    /** The same parameters under another name. */
    public Signature named(String other) {
        return new Signature(other, parameters, variadic);
    }

    /** The type of the argument at {@code index}. */
    public GoType parameter(int index) {
        if (index < parameters.size()) {
            return parameters.get(index);
        }
        return variadic == null ? GoType.ANY : variadic;
    }

    /** What is wrong with this number of arguments, or null if nothing is. */
    public @Nullable String checkCount(int count) {
        int least = parameters.size();
        if (variadic != null && count < least) {
            return "wrong number of args for " + name + ": want at least " + least + " got " + count;
        }
        if (variadic == null && count != least) {
            return "wrong number of args for " + name + ": want " + least + " got " + count;
        }
        return null;
    }
}
