package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.format.Print;
import dev.tidemark.gotemplates.format.Printf;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.HostFunction;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of text/template itself. */
public final class BuiltInFunctions {
    /** The evaluator stops evaluating arguments of these two as soon as one decides. */
    public static final TemplateFunction AND = TemplateFunction.of("and(value, ...value)", Arguments::last);

    public static final TemplateFunction OR = TemplateFunction.of("or(value, ...value)", Arguments::last);

    private BuiltInFunctions() {}

    public static List<TemplateFunction> all() {
        return List.of(
                AND,
                OR,
                TemplateFunction.of("not(value)", a -> !Values.truth(a.value(0))),
                TemplateFunction.of("eq(value, ...value)", Comparison::equalsAny),
                TemplateFunction.of("ne(value, value)", a -> !Comparison.equal(a.value(0), a.value(1))),
                TemplateFunction.of("lt(value, value)", a -> Comparison.order(a.value(0), a.value(1)) < 0),
                TemplateFunction.of("le(value, value)", a -> Comparison.order(a.value(0), a.value(1)) <= 0),
                TemplateFunction.of("gt(value, value)", a -> Comparison.order(a.value(0), a.value(1)) > 0),
                TemplateFunction.of("ge(value, value)", a -> Comparison.order(a.value(0), a.value(1)) >= 0),
                TemplateFunction.of("len(value)", a -> length(a.value(0))),
                TemplateFunction.of("index(value, ...value)", BuiltInFunctions::index),
                TemplateFunction.of("slice(value, ...value)", BuiltInFunctions::slice),
                TemplateFunction.of("call(value, ...value)", BuiltInFunctions::call),
                TemplateFunction.of("print(...any)", a -> Print.print(a.budget(), a.all())),
                TemplateFunction.of("println(...any)", a -> Print.println(a.budget(), a.all())),
                TemplateFunction.of("printf(string, ...any)", a -> Printf.format(a.budget(), a.text(0), a.from(1))),
                TemplateFunction.of("html(...any)", a -> Escapes.html(a.budget(), text(a))),
                TemplateFunction.of("js(...any)", a -> Escapes.js(a.budget(), text(a))),
                TemplateFunction.of("urlquery(...any)", a -> Escapes.urlQuery(a.budget(), text(a))));
    }

    /** The text that is to be escaped: nil reads as Go prints it in an action. */
    private static String text(Arguments a) {
        if (a.count() == 1 && a.value(0) instanceof String text) {
            return text;
        }
        return Print.print(
                a.budget(),
                a.all().stream()
                        .map(value -> value == null ? "<no value>" : value)
                        .toList());
    }

    private static GoInteger length(@Nullable Object value) {
        return switch (value) {
            case String s -> GoInteger.of(Utf8.length(s));
            case List<?> list -> GoInteger.of(list.size());
            case Map<?, ?> map -> GoInteger.of(map.size());
            case NoValue none -> throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
            case null -> throw new FunctionException("len of nil pointer");
            default ->
                throw new FunctionException(
                        "len of type " + Values.typeName(value) + ": expected a text, a list or a map");
        };
    }

    private static @Nullable Object index(Arguments a) {
        Object item = a.value(0);
        if (item == null || item == NoValue.INSTANCE) {
            throw new FunctionException("index of untyped nil");
        }
        for (Object key : a.from(1)) {
            item = switch (item) {
                case String text -> {
                    byte[] bytes = Utf8.bytes(text);
                    yield new GoInteger(GoType.UINT8, bytes[position(key, bytes.length, false)] & 0xFF);
                }
                case List<?> list -> list.get(position(key, list.size(), false));
                case Map<?, ?> map -> entry(map, key);
                case null -> throw new FunctionException("index of nil pointer");
                default -> throw new FunctionException("can't index item of type " + Values.typeName(item));
            };
            item = Values.normal(item);
        }
        return item;
    }

    private static int position(@Nullable Object key, int length, boolean endAllowed) {
        Long position = Values.integer(key);
        if (position == null) {
            throw new FunctionException(
                    key == null || key == NoValue.INSTANCE
                            ? "cannot index slice/array with nil"
                            : "cannot index slice/array with type " + Values.typeName(key));
        }
        if (position < 0 || (endAllowed ? position > length : position >= length)) {
            throw new FunctionException("index out of range: " + position + ": the length is " + length);
        }
        return position.intValue();
    }

    private static @Nullable Object entry(Map<?, ?> map, @Nullable Object key) {
        GoType keyType = map instanceof TypedMap typed ? typed.type().keyOrString() : GoType.STRING;
        GoType given = Values.typeOf(key);
        boolean integers =
                given != null && given.kind().isInteger() && keyType.kind().isInteger();
        if (given == null && keyType.kind() != Kind.INTERFACE) {
            throw new FunctionException("value is nil; should be of type " + keyType);
        }
        if (given != null && !keyType.accepts(given) && !integers) {
            throw new FunctionException("value has type " + given + "; should be " + keyType);
        }
        Object value = map.get(key);
        if (value != null || map.containsKey(key)) {
            return value;
        }
        GoType type = Values.typeOf(map);
        return type == null ? null : type.elementOrAny().zero();
    }

    private static Object slice(Arguments a) {
        Object item = a.value(0);
        if (item == null || item == NoValue.INSTANCE) {
            throw new FunctionException("slice of untyped nil");
        }
        if (a.count() > 4) {
            throw new FunctionException("too many slice indexes: " + (a.count() - 1));
        }
        if (item instanceof String && a.count() == 4) {
            throw new FunctionException("cannot 3-index slice a string");
        }
        int length =
                switch (item) {
                    case String text -> Utf8.length(text);
                    case List<?> list -> list.size();
                    default -> throw new FunctionException("can't slice item of type " + Values.typeName(item));
                };
        int from = a.count() > 1 ? position(a.value(1), length, true) : 0;
        int to = a.count() > 2 ? position(a.value(2), length, true) : length;
        int limit = a.count() > 3 ? position(a.value(3), length, true) : length;
        if (from > to || to > limit) {
            throw new FunctionException("invalid slice index: " + from + " > " + to);
        }
        return item instanceof String text ? Utf8.slice(text, from, to) : part((List<?>) item, from, to);
    }

    /** A part of a list, of the same type. */
    static List<@Nullable Object> part(List<?> list, int from, int to) {
        List<?> part = list.subList(from, to);
        return list instanceof TypedList typed ? TypedList.of(typed.type(), part) : new java.util.ArrayList<>(part);
    }

    private static @Nullable Object call(Arguments a) {
        return switch (a.value(0)) {
            case HostFunction function -> {
                try {
                    yield function.call(a.from(1));
                } catch (FunctionException e) {
                    throw e;
                } catch (RuntimeException e) {
                    throw new FunctionException(String.valueOf(e.getMessage()));
                }
            }
            case null -> throw new FunctionException("call of nil");
            case NoValue none -> throw new FunctionException("call of nil");
            case Object other ->
                throw new FunctionException("non-function of type " + Values.typeName(other) + ": expected a function");
        };
    }
}
