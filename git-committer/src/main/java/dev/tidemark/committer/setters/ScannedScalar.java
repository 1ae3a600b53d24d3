package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.ScalarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A scalar value and where it stands.
 *
 * @param start first character, of its anchor or tag where it has one
 * @param end behind its last character; of a block scalar the next token's line
 * @param comment the comment that belongs to it, with its {@code #}
 * @param item index in a List's items, or -1
 */
record ScannedScalar(
        int start,
        int end,
        ScalarStyle style,
        String value,
        @Nullable String comment,
        int item,
        int line) {}
