package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Go's {@code reflect.DeepEqual}: same types, same contents. */
final class DeepEquality {
    private DeepEquality() {}

    static boolean contains(Budget budget, List<@Nullable Object> list, @Nullable Object value) {
        for (Object element : list) {
            if (equal(budget, element, value)) {
                return true;
            }
        }
        return false;
    }

    static boolean equal(Budget budget, @Nullable Object left, @Nullable Object right) {
        Object a = Values.normal(left);
        Object b = Values.normal(right);
        if (a == null || b == null || a instanceof TemplateObject) {
            return Objects.equals(a, b);
        }
        if (!Objects.equals(Values.typeOf(a), Values.typeOf(b))) {
            return false;
        }
        budget.enter();
        boolean equal =
                switch (a) {
                    case List<?> list -> b instanceof List<?> other && lists(budget, list, other);
                    case Map<?, ?> map -> b instanceof Map<?, ?> other && maps(budget, map, other);
                    // Not Double.equals: NaN is not itself, and zeros of both signs are equal.
                    case Double d -> b instanceof Double e && d.doubleValue() == e.doubleValue();
                    default -> a.equals(b);
                };
        budget.leave();
        return equal;
    }

    private static boolean lists(Budget budget, List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            if (!equal(budget, element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean maps(Budget budget, Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            if (!b.containsKey(entry.getKey()) || !equal(budget, entry.getValue(), b.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
