package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of lists. Each with {@code must} exists too: both fail in the same cases. */
final class ListFunctions {
    private ListFunctions() {}

    static List<TemplateFunction> all() {
        var functions = new ArrayList<TemplateFunction>();
        functions.add(TemplateFunction.of("list(...any)", a -> new ArrayList<>(a.all())));
        functions.add(TemplateFunction.of("tuple(...any)", a -> new ArrayList<>(a.all())));
        functions.add(TemplateFunction.of("concat(...any)", ListFunctions::concat));
        both(functions, "append(any, any)", a -> pushed(a, "push on"));
        both(functions, "push(any, any)", a -> pushed(a, "push on"));
        both(functions, "prepend(any, any)", a -> {
            List<@Nullable Object> list = Convert.copy(a.budget(), Convert.list(a.value(0), "prepend on"), 1);
            list.addFirst(a.value(1));
            return list;
        });
        both(functions, "first(any)", a -> {
            List<@Nullable Object> list = Convert.list(a.value(0), "find first on");
            return list.isEmpty() ? null : list.getFirst();
        });
        both(functions, "last(any)", a -> {
            List<@Nullable Object> list = Convert.list(a.value(0), "find last on");
            return list.isEmpty() ? null : list.getLast();
        });
        both(functions, "rest(any)", a -> {
            List<@Nullable Object> list = Convert.list(a.value(0), "find rest on");
            return Convert.copy(a.budget(), list.subList(Math.min(1, list.size()), list.size()), 0);
        });
        both(functions, "initial(any)", a -> {
            List<@Nullable Object> list = Convert.list(a.value(0), "find initial on");
            return Convert.copy(a.budget(), list.subList(0, Math.max(0, list.size() - 1)), 0);
        });
        both(functions, "reverse(any)", a -> {
            List<@Nullable Object> list = Convert.copy(a.budget(), Convert.list(a.value(0), "find reverse on"), 0);
            Collections.reverse(list);
            return list;
        });
        both(functions, "compact(any)", a -> {
            List<@Nullable Object> list = Convert.copy(a.budget(), Convert.list(a.value(0), "compact on"), 0);
            list.removeIf(element -> !Values.truth(element));
            return list;
        });
        both(functions, "uniq(any)", ListFunctions::unique);
        both(functions, "without(any, ...any)", a -> {
            List<@Nullable Object> list = Convert.copy(a.budget(), Convert.list(a.value(0), "find without on"), 0);
            list.removeIf(element -> DeepEquality.contains(a.budget(), a.from(1), element));
            return list;
        });
        both(
                functions,
                "has(any, any)",
                a -> a.value(1) != null
                        && DeepEquality.contains(a.budget(), Convert.list(a.value(1), "find has on"), a.value(0)));
        both(functions, "slice(any, ...any)", ListFunctions::slice);
        both(functions, "chunk(int, any)", ListFunctions::chunk);
        return functions;
    }

    private static void both(List<TemplateFunction> functions, String signature, TemplateFunction.Body body) {
        TemplateFunction function = TemplateFunction.of(signature, body);
        functions.add(function);
        functions.add(function.named(mustName(function.name())));
    }

    static String mustName(String name) {
        return "must" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static List<@Nullable Object> pushed(Arguments a, String action) {
        List<@Nullable Object> list = Convert.copy(a.budget(), Convert.list(a.value(0), action), 1);
        list.add(a.value(1));
        return list;
    }

    private static List<@Nullable Object> concat(Arguments a) {
        var all = new ArrayList<@Nullable Object>();
        for (Object list : a.all()) {
            List<@Nullable Object> elements = Convert.list(list, "concat");
            a.budget().list((long) all.size() + elements.size(), elements.size());
            all.addAll(elements);
        }
        return all;
    }

    private static List<@Nullable Object> unique(Arguments a) {
        var unique = new ArrayList<@Nullable Object>();
        for (Object element : Convert.list(a.value(0), "find uniq on")) {
            if (!DeepEquality.contains(a.budget(), unique, element)) {
                unique.add(element);
            }
        }
        return unique;
    }

    private static @Nullable Object slice(Arguments a) {
        if (!(a.value(0) instanceof List<?> list)) {
            throw new FunctionException("list should be type of slice or array but "
                    + Values.kindOf(a.value(0)).goName());
        }
        if (list.isEmpty()) {
            return null;
        }
        long from = a.count() > 1 ? Convert.toLong(a.value(1)) : 0;
        long to = a.count() > 2 ? Convert.toLong(a.value(2)) : list.size();
        if (from < 0 || to > list.size() || from > to) {
            throw new FunctionException(
                    "slice index out of bounds: from " + from + " to " + to + " of " + list.size() + " elements");
        }
        return BuiltInFunctions.part(list, (int) from, (int) to);
    }

    private static TypedList chunk(Arguments a) {
        List<@Nullable Object> list = Convert.list(a.value(1), "chunk");
        long size = a.integer(0);
        if (size < 1 && !list.isEmpty()) {
            throw new FunctionException("index out of range: a chunk of " + size + " elements");
        }
        var chunks = new ArrayList<@Nullable Object>();
        for (long from = 0; from < list.size(); from += size) {
            chunks.add(new ArrayList<>(list.subList((int) from, (int) Math.min(list.size(), from + size))));
        }
        a.budget().list(list.size());
        return TypedList.of(GoType.listOf(GoType.LIST), chunks);
    }
}
