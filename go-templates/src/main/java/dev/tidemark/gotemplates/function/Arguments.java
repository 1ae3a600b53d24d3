package dev.tidemark.gotemplates.function;

import dev.tidemark.gotemplates.format.Print;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.GoInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, already checked against the signature, and what the function may use. */
public final class Arguments {
    private final List<@Nullable Object> values;
    private final ExecutionContext context;

    public Arguments(List<@Nullable Object> values, ExecutionContext context) {
        this.values = values;
        this.context = context;
    }

    public int count() {
        return values.size();
    }

    public @Nullable Object value(int index) {
        return values.get(index);
    }

    /** All arguments. */
    public List<@Nullable Object> all() {
        return values;
    }

    /** The arguments from {@code index} on. */
    public List<@Nullable Object> from(int index) {
        return values.subList(Math.min(index, values.size()), values.size());
    }

    public @Nullable Object last() {
        return values.getLast();
    }

    public String text(int index) {
        Object value = values.get(index);
        return value instanceof String text ? text : "";
    }

    public long integer(int index) {
        return switch (values.get(index)) {
            case Long l -> l;
            case GoInteger i -> i.value();
            case null, default -> 0;
        };
    }

    /** An {@code int} that fits into 32 bits; values beyond count as the largest. */
    public int clamped(int index) {
        return Math.clamp(integer(index), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public double floating(int index) {
        return values.get(index) instanceof Double d ? d : 0;
    }

    public boolean bool(int index) {
        return values.get(index) instanceof Boolean b && b;
    }

    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> map(int index) {
        if (values.get(index) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        return Map.of();
    }

    @SuppressWarnings("unchecked")
    public List<@Nullable Object> list(int index) {
        if (values.get(index) instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        return List.of();
    }

    public Budget budget() {
        return context.budget();
    }

    public Clock clock() {
        return context.clock();
    }

    public RandomGenerator random() {
        return context.random();
    }

    /** The value bound to a function's name. */
    @Nullable
    Object binding(String name) {
        if (!context.bindings().containsKey(name)) {
            throw new FunctionException("no value is bound to \"" + name + "\" for this execution");
        }
        return context.bindings().get(name);
    }

    /** Any value as {@code %v} prints it. */
    public String printed(@Nullable Object value) {
        return Print.text(context.budget(), value);
    }
}
