package dev.tidemark.cli.audit;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.SelectedTag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A decision or a selection, as people and scripts are told of it.
 *
 * @param kind {@code decision} or {@code selection}
 * @param words what came of it, such as {@code selected 1.4.2}
 * @param why the sentence and its reason; empty for a selection, whose decision says why
 */
record Happening(
        String kind, Instant at, String words, String why, List<SelectedTag> tags, List<SelectedTag> previous) {

    /** Of a long list some are enough to see which it is. */
    private static final int MOST_TAGS = 5;

    /** @throws IllegalArgumentException for what is neither */
    static Happening of(Event event) {
        return switch (event) {
            case PolicyDecided decided ->
                new Happening(
                        "decision",
                        decided.decidedAt(),
                        decided.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + (decided.selection().isEmpty() ? "" : ' ' + text(decided.selection())),
                        decided.message() + " (" + decided.reason() + ')',
                        decided.selection(),
                        decided.previous());
            case TagSelected selected ->
                new Happening(
                        "selection",
                        selected.decidedAt(),
                        "selection of " + text(selected.tags()),
                        "",
                        selected.tags(),
                        selected.previous());
            default -> throw new IllegalArgumentException(event + " is neither a decision nor a selection");
        };
    }

    /** For a script. */
    static @Nullable Map<String, Object> members(@Nullable Event event) {
        if (event == null) {
            return null;
        }
        Happening one = of(event);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", one.kind());
        members.put("at", one.at().toString());
        members.put("words", one.words());
        members.put("why", one.why());
        members.put("tags", members(one.tags()));
        members.put("previous", members(one.previous()));
        return members;
    }

    static List<Map<String, Object>> members(List<SelectedTag> tags) {
        return tags.stream()
                .map(tag -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("tag", tag.tag());
                    if (tag.digest() != null) {
                        members.put("digest", tag.digest());
                    }
                    return members;
                })
                .toList();
    }

    /** {@code 1.4.2}, {@code 1.4.2@sha256:…}, {@code 1, 2, 3, 4, 5 and 95 more}. */
    static String text(List<SelectedTag> tags) {
        String first = tags.stream()
                .limit(MOST_TAGS)
                .map(tag -> tag.digest() == null ? tag.tag() : tag.tag() + '@' + tag.digest())
                .collect(Collectors.joining(", "));
        return tags.size() > MOST_TAGS ? first + " and " + (tags.size() - MOST_TAGS) + " more" : first;
    }
}
