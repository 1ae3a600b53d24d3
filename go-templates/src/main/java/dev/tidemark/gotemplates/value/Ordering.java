package dev.tidemark.gotemplates.value;

import dev.tidemark.go.text.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The order in which Go prints and ranges over the keys of a map. */
public final class Ordering {
    /** Nil first, then by the kind's own order; objects field by field. */
    public static final Comparator<@Nullable Object> KEYS = Ordering::compare;

    private Ordering() {}

    /** The entries in key order. */
    @SuppressWarnings("unchecked")
    public static List<Map.Entry<Object, @Nullable Object>> sorted(Map<?, ?> map) {
        var entries = new ArrayList<>(((Map<Object, @Nullable Object>) map).entrySet());
        boolean inOrder = map instanceof SortedMap<?, ?> sorted && sorted.comparator() == Utf8.ORDER;
        if (!inOrder && entries.size() > 1) {
            entries.sort((a, b) -> compare(a.getKey(), b.getKey()));
        }
        return entries;
    }

    public static int compare(@Nullable Object a, @Nullable Object b) {
        Object x = Values.plain(a);
        Object y = Values.plain(b);
        if (x instanceof String s && y instanceof String t) {
            return Utf8.compare(s, t);
        }
        if (x instanceof Double d && y instanceof Double e) {
            return Double.compare(d, e);
        }
        if (x instanceof Boolean c && y instanceof Boolean d) {
            return Boolean.compare(c, d);
        }
        Long i = Values.integer(x);
        Long j = Values.integer(y);
        if (i != null && j != null) {
            return Values.kindOf(x).isUnsigned() ? Long.compareUnsigned(i, j) : Long.compare(i, j);
        }
        if (x instanceof TemplateObject o && y instanceof TemplateObject p && o.structType() == p.structType()) {
            return compareFields(o, p);
        }
        // Keys of different types meet only in maps that Go could not hold either: any fixed order will do.
        return Values.typeName(x).compareTo(Values.typeName(y));
    }

    private static int compareFields(TemplateObject a, TemplateObject b) {
        for (StructType.Field<?> field : a.structType().fields()) {
            int order = compare(StructType.read(field, a), StructType.read(field, b));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
