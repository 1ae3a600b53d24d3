package dev.tidemark.policies;

import dev.tidemark.go.text.Utf8;
import java.util.Comparator;

/** The order of texts by their UTF-8 bytes, which is how Go orders strings (spec flux-git-based 22.3), both ways. */
public final class Utf8Order {

    public static final Comparator<String> ASCENDING = Utf8.ORDER;

    /** The order in which a scan stores tags (spec flux-git-based 9.5). */
    public static final Comparator<String> DESCENDING = ASCENDING.reversed();

    private Utf8Order() {}
}
