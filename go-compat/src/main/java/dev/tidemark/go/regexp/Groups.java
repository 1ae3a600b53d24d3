package dev.tidemark.go.regexp;

import com.google.re2j.Matcher;
import org.jspecify.annotations.Nullable;

/** What the groups of a pattern matched; group 0 is the whole match. */
public interface Groups {

    int count();

    /** Null for a group that took no part. */
    @Nullable
    String group(int number);

    /** Those of an occurrence that was found; the matcher must not go on while they are used. */
    static Groups of(Matcher found) {
        return new Groups() {
            @Override
            public int count() {
                return found.groupCount();
            }

            @Override
            public @Nullable String group(int number) {
                return found.group(number);
            }
        };
    }
}
