package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merging and copying maps. */
final class MergeFunctions {
    private MergeFunctions() {}

    static List<TemplateFunction> all() {
        TemplateFunction merge = TemplateFunction.mutating("merge(map, ...map)", a -> merged(a, false));
        TemplateFunction overwrite = TemplateFunction.mutating("mergeOverwrite(map, ...map)", a -> merged(a, true));
        TemplateFunction copy = TemplateFunction.of("deepCopy(any)", a -> copy(a.budget(), a.value(0)));
        return List.of(
                merge,
                merge.named("mustMerge"),
                overwrite,
                overwrite.named("mustMergeOverwrite"),
                copy,
                copy.named("mustDeepCopy"));
    }

    private static @Nullable Object merged(Arguments a, boolean overwrites) {
        // Unlike set, these make a map where there is none.
        Map<String, @Nullable Object> target = a.value(0) instanceof TypedMap ? new HashMap<>() : a.map(0);
        for (int i = 1; i < a.count(); i++) {
            merge(a.budget(), target, a.map(i), overwrites);
        }
        return target;
    }

    @SuppressWarnings("unchecked")
    private static void merge(
            Budget budget,
            Map<String, @Nullable Object> target,
            Map<String, @Nullable Object> source,
            boolean overwrites) {
        if (target == source) {
            return;
        }
        budget.enter();
        budget.steps(source.size());
        for (Map.Entry<String, @Nullable Object> entry : source.entrySet()) {
            Object old = target.get(entry.getKey());
            if (old instanceof Map<?, ?> inner && entry.getValue() instanceof Map<?, ?> other && !inner.isEmpty()) {
                merge(budget, (Map<String, @Nullable Object>) inner, (Map<String, @Nullable Object>) other, overwrites);
            } else if (overwrites || !Values.truth(old)) {
                target.put(entry.getKey(), entry.getValue());
            }
        }
        budget.leave();
    }

    private static @Nullable Object copy(Budget budget, @Nullable Object value) {
        budget.enter();
        Object copy =
                switch (value) {
                    case Map<?, ?> map -> {
                        var entries = new HashMap<Object, @Nullable Object>();
                        map.forEach((key, element) -> entries.put(key, copy(budget, element)));
                        yield map instanceof TypedMap typed ? TypedMap.of(typed.type(), entries) : entries;
                    }
                    case List<?> list -> {
                        var elements = new ArrayList<@Nullable Object>(list.size());
                        list.forEach(element -> elements.add(copy(budget, element)));
                        yield list instanceof TypedList typed ? TypedList.of(typed.type(), elements) : elements;
                    }
                    case null, default -> value;
                };
        budget.leave();
        return copy;
    }
}
