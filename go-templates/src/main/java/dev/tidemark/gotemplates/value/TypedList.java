package dev.tidemark.gotemplates.value;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list whose Go type is not {@code []interface {}}, such as {@code []string}. A read-only view of the given list. */
public final class TypedList extends AbstractList<@Nullable Object> implements RandomAccess {
    private final GoType type;
    private final List<? extends @Nullable Object> items;

    private TypedList(GoType type, List<? extends @Nullable Object> items) {
        this.type = type;
        this.items = items;
    }

    public static TypedList of(GoType type, List<? extends @Nullable Object> items) {
        return new TypedList(type, items);
    }

    /** A {@code []string}. */
    public static TypedList strings(List<String> items) {
        return new TypedList(GoType.STRINGS, items);
    }

    public GoType type() {
        return type;
    }

    @Override
    public @Nullable Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }
}
