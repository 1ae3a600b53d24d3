package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.Ordering;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of maps with texts as keys. Where Go's order is random, ours is the keys'. */
final class DictFunctions {
    private DictFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("dict(...any)", DictFunctions::dict),
                TemplateFunction.of("get(map, string)", a -> {
                    Map<String, @Nullable Object> map = a.map(0);
                    return map.containsKey(a.text(1)) ? map.get(a.text(1)) : "";
                }),
                TemplateFunction.mutating("set(map, string, any)", a -> {
                    checkNotNil(a);
                    a.map(0).put(a.text(1), a.value(2));
                    return a.value(0);
                }),
                TemplateFunction.mutating("unset(map, string)", a -> {
                    if (!a.map(0).isEmpty()) {
                        a.map(0).remove(a.text(1));
                    }
                    return a.value(0);
                }),
                TemplateFunction.of("hasKey(map, string)", a -> a.map(0).containsKey(a.text(1))),
                TemplateFunction.of("pluck(string, ...map)", DictFunctions::pluck),
                TemplateFunction.of("keys(...map)", DictFunctions::keys),
                TemplateFunction.of("values(map)", DictFunctions::values),
                TemplateFunction.of("pick(map, ...string)", DictFunctions::pick),
                TemplateFunction.of("omit(map, ...string)", DictFunctions::omit),
                TemplateFunction.of("dig(...any)", DictFunctions::dig));
    }

    /** A map parameter that was given nil holds a map that nothing can be put into, as in Go. */
    static void checkNotNil(Arguments a) {
        if (a.value(0) instanceof TypedMap) {
            throw new FunctionException("assignment to entry in nil map");
        }
    }

    private static Map<String, @Nullable Object> dict(Arguments a) {
        var map = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < a.count(); i += 2) {
            map.put(a.printed(a.value(i)), i + 1 < a.count() ? a.value(i + 1) : "");
        }
        return map;
    }

    private static List<@Nullable Object> pluck(Arguments a) {
        var found = new ArrayList<@Nullable Object>();
        for (int i = 1; i < a.count(); i++) {
            if (a.map(i).containsKey(a.text(0))) {
                found.add(a.map(i).get(a.text(0)));
            }
        }
        return found;
    }

    private static TypedList keys(Arguments a) {
        var keys = new ArrayList<String>();
        for (int i = 0; i < a.count(); i++) {
            a.budget().list((long) keys.size() + a.map(i).size(), a.map(i).size());
            Ordering.sorted(a.map(i)).forEach(entry -> keys.add((String) entry.getKey()));
        }
        return TypedList.strings(keys);
    }

    private static List<@Nullable Object> values(Arguments a) {
        a.budget().list(a.map(0).size());
        var values = new ArrayList<@Nullable Object>();
        for (Map.Entry<Object, @Nullable Object> entry : Ordering.sorted(a.map(0))) {
            values.add(entry.getValue());
        }
        return values;
    }

    private static Map<String, @Nullable Object> pick(Arguments a) {
        var picked = new HashMap<String, @Nullable Object>();
        for (int i = 1; i < a.count(); i++) {
            if (a.map(0).containsKey(a.text(i))) {
                picked.put(a.text(i), a.map(0).get(a.text(i)));
            }
        }
        return picked;
    }

    private static Map<String, @Nullable Object> omit(Arguments a) {
        a.budget().list(a.map(0).size());
        var rest = new HashMap<String, @Nullable Object>(a.map(0));
        for (int i = 1; i < a.count(); i++) {
            rest.remove(a.text(i));
        }
        return rest;
    }

    /** The value behind a path of keys; the argument before the map stands in for what is not there. */
    private static @Nullable Object dig(Arguments a) {
        if (a.count() < 3) {
            throw new FunctionException("dig needs at least three arguments");
        }
        Object step = a.last();
        for (int i = 0; i < a.count() - 2; i++) {
            if (!(step instanceof Map<?, ?> map)) {
                throw new FunctionException("interface conversion: expected a map, got " + Values.typeName(step));
            }
            if (!(a.value(i) instanceof String key)) {
                throw new FunctionException(
                        "interface conversion: expected a text as key, got " + Values.typeName(a.value(i)));
            }
            if (!map.containsKey(key)) {
                return a.value(a.count() - 2);
            }
            step = map.get(key);
        }
        return step;
    }
}
