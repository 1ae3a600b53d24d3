package dev.tidemark.go.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Go holds in a struct: JSON has its members in their order, where those of a map are sorted. */
public final class Struct extends LinkedHashMap<String, @Nullable Object> {

    private static final long serialVersionUID = 1L;

    public Struct() {}

    public Struct(Map<String, ? extends @Nullable Object> members) {
        super(members);
    }
}
