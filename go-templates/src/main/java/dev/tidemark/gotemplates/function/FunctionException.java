package dev.tidemark.gotemplates.function;

/** A function cannot compute with these arguments; the evaluator adds the place and the function's name. */
public final class FunctionException extends RuntimeException {
    public FunctionException(String message) {
        super(message, null, false, false);
    }
}
