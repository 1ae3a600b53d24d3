package dev.tidemark.go.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for numbers that JSON lacks. One that a later equal key has replaced does not matter. */
final class Infinite {

    private Infinite() {}

    static boolean isIn(@Nullable Object root) {
        Deque<Iterator<?>> open = new ArrayDeque<>();
        if (isOrOpens(root, open)) {
            return true;
        }
        while (!open.isEmpty()) {
            Iterator<?> entries = open.element();
            if (!entries.hasNext()) {
                open.pop();
            } else if (isOrOpens(entries.next(), open)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrOpens(@Nullable Object value, Deque<Iterator<?>> open) {
        switch (value) {
            case Map<?, ?> map -> open.push(map.values().iterator());
            case List<?> list -> open.push(list.iterator());
            case Double number -> {
                return !Double.isFinite(number);
            }
            case null, default -> {}
        }
        return false;
    }
}
