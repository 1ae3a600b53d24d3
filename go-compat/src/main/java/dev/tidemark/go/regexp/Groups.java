package dev.tidemark.go.regexp;

import org.jspecify.annotations.Nullable;

/** What the groups of a pattern matched; group 0 is the whole match. */
public interface Groups {

    int count();

    /** Null for a group that took no part. */
    @Nullable
    String group(int number);
}
