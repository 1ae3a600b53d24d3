package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.Signature;
import dev.tidemark.gotemplates.parse.NumberLiteral;
import dev.tidemark.gotemplates.parse.Operand;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Values;
import org.jspecify.annotations.Nullable;

/** Go's rules for which value may be given for which parameter. */
final class ArgumentCheck {
    private ArgumentCheck() {}

    /** A computed value for a parameter of type {@code wanted}. */
    static @Nullable Object value(@Nullable Object value, GoType wanted) {
        if (wanted.equals(Signature.VALUE)) {
            return value;
        }
        if (value == null || value == NoValue.INSTANCE) {
            if (wanted.canBeNil()) {
                return wanted.kind() == Kind.INTERFACE ? null : wanted.zero();
            }
            throw new FunctionException("invalid value; expected " + wanted);
        }
        GoType type = Values.typeOf(value);
        if (type != null
                && (wanted.accepts(type)
                        || (wanted.kind() == Kind.STRUCT && wanted.name().equals(type.name())))) {
            return value;
        }
        throw new FunctionException("wrong type for value; expected " + wanted + "; got " + Values.typeName(value));
    }

    /** {@code nil} written as an argument. */
    static @Nullable Object nil(GoType wanted) {
        if (!wanted.canBeNil()) {
            throw new FunctionException("cannot assign nil to " + wanted);
        }
        if (wanted.equals(Signature.VALUE)) {
            return NoValue.INSTANCE;
        }
        return wanted.kind() == Kind.INTERFACE ? null : wanted.zero();
    }

    /** A constant written as an argument takes the parameter's type. */
    static @Nullable Object constant(Operand operand, GoType wanted) {
        if (wanted.kind() == Kind.INTERFACE) {
            return literal(operand);
        }
        switch (wanted.kind()) {
            case BOOL -> {
                if (operand instanceof Operand.Bool bool) {
                    return bool.value();
                }
            }
            case STRING -> {
                if (operand instanceof Operand.Text text) {
                    return text.value();
                }
            }
            case FLOAT64 -> {
                if (operand instanceof Operand.Numeric(NumberLiteral n, int s, int e) && n.floating() != null) {
                    return n.floating();
                }
            }
            case INT, INT32, INT64, UINT8, UINT32, UINT64 -> {
                if (operand instanceof Operand.Numeric(NumberLiteral n, int s, int e) && n.integer() != null) {
                    return wanted.equals(GoType.INT64) ? (Object) n.integer() : new GoInteger(wanted, n.integer());
                }
            }
            default -> throw new FunctionException("can't handle a constant for arg of type " + wanted);
        }
        throw new FunctionException("expected " + wanted.kind().goName() + "; found a constant of another type");
    }

    /** The value of a constant where nothing special is asked for. */
    static Object literal(Operand operand) {
        return switch (operand) {
            case Operand.Bool bool -> bool.value();
            case Operand.Text text -> text.value();
            case Operand.Numeric(NumberLiteral n, int s, int e) -> {
                if (n.value() == null) {
                    throw new FunctionException(n.text() + " overflows int");
                }
                yield n.value();
            }
            default -> throw new AssertionError("not a constant: " + operand);
        };
    }
}
