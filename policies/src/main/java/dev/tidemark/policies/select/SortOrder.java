package dev.tidemark.policies.select;

import dev.tidemark.policies.Parsed;
import java.util.Locale;

/** The last of a list sorted in this order is chosen: {@code ASC} takes the greatest. */
public enum SortOrder {
    ASC,
    DESC;

    /** {@code asc} or {@code desc} in any case, blanks not allowed; empty means {@code asc}. */
    static Parsed<SortOrder> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "asc" -> Parsed.of(ASC);
            case "desc" -> Parsed.of(DESC);
            default ->
                Parsed.malformed("invalid order argument provided: '%s', must be one of: asc, desc".formatted(text));
        };
    }
}
