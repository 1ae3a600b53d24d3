package dev.tidemark.cli.output;

import dev.tidemark.flux.view.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of one topic that nobody could use.
 *
 * @param more whether there are more than {@code count}
 * @param since when the first was put aside
 */
public record DeadLetterPile(String topic, int count, boolean more, String since, List<Letter> newest) {

    /** One of them, and where it lies in its topic. */
    public record Letter(String at, String key, String reason, String partition, String offset) {}

    /** As services answer. */
    public static List<DeadLetterPile> of(Tree answer) {
        return answer.trees("topics").stream().map(DeadLetterPile::pile).toList();
    }

    private static DeadLetterPile pile(Tree pile) {
        return new DeadLetterPile(
                pile.text("topic"),
                Integer.parseInt(pile.text("count")),
                Boolean.parseBoolean(pile.text("more")),
                pile.text("since"),
                pile.trees("newest").stream()
                        .map(letter -> new Letter(
                                letter.text("at"),
                                letter.text("key"),
                                letter.text("reason"),
                                letter.text("partition"),
                                letter.text("offset")))
                        .toList());
    }

    /** {@code 3}, or {@code 5000 and more}. */
    public String howMany() {
        return count + (more ? " and more" : "");
    }

    /** The last one's; empty where nobody said it. */
    String reason() {
        return newest.isEmpty() ? "" : newest.getLast().reason();
    }

    /** For programs. */
    Map<String, Object> member() {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("topic", topic);
        member.put("count", count);
        member.put("more", more);
        member.put("since", since);
        member.put("reason", reason());
        return member;
    }
}
