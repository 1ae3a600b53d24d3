package dev.tidemark.gotemplates.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables in scope, innermost last. */
final class Variables {
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    int mark() {
        return names.size();
    }

    void resetTo(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    void declare(String name, @Nullable Object value) {
        names.add(name);
        values.add(value);
    }

    /** Changes the innermost variable of that name; false if there is none. */
    boolean assign(String name, @Nullable Object value) {
        int index = names.lastIndexOf(name);
        if (index >= 0) {
            values.set(index, value);
        }
        return index >= 0;
    }

    /** Changes the variable that was declared {@code back} before the last. */
    void setFromTop(int back, @Nullable Object value) {
        values.set(values.size() - 1 - back, value);
    }

    boolean has(String name) {
        return names.lastIndexOf(name) >= 0;
    }

    @Nullable
    Object get(String name) {
        return values.get(names.lastIndexOf(name));
    }
}
