package dev.tidemark.gotemplates.function;

import dev.tidemark.gotemplates.value.GoType;
import org.jspecify.annotations.Nullable;

/**
 * A function that templates call.
 *
 * @param mutates it changes a map that it is given; templates that use such functions work on a copy of their data
 */
public record TemplateFunction(Signature signature, Body body, boolean mutates) {
    /** What a function does. Thread-safe; throws {@link FunctionException} for arguments it cannot use. */
    @FunctionalInterface
    public interface Body {
        /** The result; {@code null} is nil. */
        @Nullable
        Object apply(Arguments arguments);
    }

    /** A function with the signature as {@link Signature#of} reads it. */
    public static TemplateFunction of(String signature, Body body) {
        return new TemplateFunction(Signature.of(signature), body, false);
    }

    /** A function that changes a map given to it. */
    public static TemplateFunction mutating(String signature, Body body) {
        return new TemplateFunction(Signature.of(signature), body, true);
    }

    /** A function without arguments that returns the value bound to its name for one execution. */
    public static TemplateFunction bound(String name) {
        return of(name + "()", arguments -> arguments.binding(name));
    }

    /** The same function under another name. */
    public TemplateFunction named(String name) {
        return new TemplateFunction(signature.named(name), body, mutates);
    }

    public String name() {
        return signature.name();
    }

    /** The type asked for at {@code index}. */
    public GoType parameter(int index) {
        return signature.parameter(index);
    }
}
