package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies maps and lists, so that functions like {@code set} change nothing of the host's. */
final class DataCopy {
    private final Budget budget;

    DataCopy(Budget budget) {
        this.budget = budget;
    }

    @Nullable
    Object of(@Nullable Object value) {
        return switch (value) {
            case TypedMap map -> TypedMap.of(map.type(), entries(map));
            case Map<?, ?> map -> entries(map);
            case TypedList list -> TypedList.of(list.type(), elements(list));
            case List<?> list -> elements(list);
            case null, default -> value;
        };
    }

    private Map<Object, @Nullable Object> entries(Map<?, ?> map) {
        budget.enter();
        budget.steps(map.size());
        var copy = new HashMap<Object, @Nullable Object>();
        map.forEach((key, value) -> copy.put(key, of(value)));
        budget.leave();
        return copy;
    }

    private List<@Nullable Object> elements(List<?> list) {
        budget.enter();
        budget.steps(list.size());
        var copy = new ArrayList<@Nullable Object>(list.size());
        for (Object element : list) {
            copy.add(of(element));
        }
        budget.leave();
        return copy;
    }
}
