package dev.tidemark.gotemplates.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What templates see of a host type: its Go name, its fields in order, its methods, and its text.
 *
 * <pre>{@code
 * static final StructType<Change> TYPE = StructType.<Change>named("update.Change")
 *         .field("OldValue", Change::oldValue)
 *         .field("NewValue", Change::newValue)
 *         .method("String", Change::toString)
 *         .build();
 * }</pre>
 *
 * @param <T> the host type
 */
public final class StructType<T> {
    private final GoType type;
    private final Map<String, Field<T>> fields;
    private final Map<String, Method<T>> methods;
    private final @Nullable Function<T, ? extends @Nullable Object> underlying;

    private StructType(Builder<T> builder) {
        type = new GoType(builder.kind, builder.name, null, null);
        fields = Map.copyOf(builder.fields);
        order = List.copyOf(builder.fields.values());
        methods = Map.copyOf(builder.methods);
        underlying = builder.underlying;
    }

    private final List<Field<T>> order;

    /**
     * A field.
     *
     * @param embedded its own fields and methods are reachable as if they were the outer object's
     */
    public record Field<T>(String name, Function<T, ? extends @Nullable Object> read, boolean embedded) {}

    /** A method: the types of its arguments and what it computes. */
    public record Method<T>(
            String name,
            List<GoType> parameters,
            BiFunction<T, List<@Nullable Object>, ? extends @Nullable Object> body) {}

    /** Begins the description of a type that Go prints as {@code name}, such as {@code update.Change}. */
    public static <T> Builder<T> named(String name) {
        return new Builder<>(name);
    }

    public GoType type() {
        return type;
    }

    /** The fields in declared order. */
    public List<Field<T>> fields() {
        return order;
    }

    public @Nullable Field<T> field(String name) {
        return fields.get(name);
    }

    public @Nullable Method<T> method(String name) {
        return methods.get(name);
    }

    /** The text of an object that has a method {@code String}, else null. */
    @SuppressWarnings("unchecked")
    public @Nullable String text(TemplateObject object) {
        Method<T> string = methods.get("String");
        return string == null ? null : (String) string.body.apply((T) object, List.of());
    }

    /** The plain value behind an object whose kind is not a struct; the object itself if it is one. */
    @SuppressWarnings("unchecked")
    public @Nullable Object underlying(TemplateObject object) {
        return underlying == null ? object : underlying.apply((T) object);
    }

    /** Reads a field of {@code object}, which must be of this type. */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable Object read(Field<T> field, TemplateObject object) {
        return field.read.apply((T) object);
    }

    /** Calls a method of {@code object}, which must be of this type. */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable Object call(Method<T> method, TemplateObject object, List<@Nullable Object> arguments) {
        return method.body.apply((T) object, arguments);
    }

    /** Collects a type's parts. */
    public static final class Builder<T> {
        private final String name;
        private final Map<String, Field<T>> fields = new LinkedHashMap<>();
        private final Map<String, Method<T>> methods = new LinkedHashMap<>();
        private Kind kind = Kind.STRUCT;
        private @Nullable Function<T, ? extends @Nullable Object> underlying;

        private Builder(String name) {
            this.name = name;
        }

        public Builder<T> field(String fieldName, Function<T, ? extends @Nullable Object> read) {
            fields.put(fieldName, new Field<>(fieldName, read, false));
            return this;
        }

        /** A field whose own fields and methods count as this type's. */
        public Builder<T> embedded(String fieldName, Function<T, ? extends TemplateObject> read) {
            fields.put(fieldName, new Field<>(fieldName, read, true));
            return this;
        }

        /** A method without arguments; one named {@code String} is what printing shows. */
        public Builder<T> method(String methodName, Function<T, ? extends @Nullable Object> body) {
            methods.put(methodName, new Method<>(methodName, List.of(), (object, arguments) -> body.apply(object)));
            return this;
        }

        public Builder<T> method(
                String methodName,
                List<GoType> parameters,
                BiFunction<T, List<@Nullable Object>, ? extends @Nullable Object> body) {
            methods.put(methodName, new Method<>(methodName, List.copyOf(parameters), body));
            return this;
        }

        /** For a named type over a plain value, as {@code time.Month} is over {@code int}. */
        public Builder<T> over(Kind plainKind, Function<T, ? extends @Nullable Object> plain) {
            kind = plainKind;
            underlying = plain;
            return this;
        }

        /** For a type that is handed around by pointer. */
        public Builder<T> pointer() {
            kind = Kind.POINTER;
            return this;
        }

        public StructType<T> build() {
            List<Field<T>> all = new ArrayList<>(fields.values());
            for (Field<T> field : all) {
                if (methods.containsKey(field.name())) {
                    throw new IllegalArgumentException(name + " has a field and a method named " + field.name());
                }
            }
            return new StructType<>(this);
        }
    }
}
