package dev.tidemark.cli.output;

import java.time.Instant;
import java.util.List;

/**
 * What only the services themselves know of what stops or endangers everything.
 *
 * @param halted who has stopped everything and why; empty where nobody has
 * @param unknown why not all of it was answered; empty where it was, or where it is known that nothing runs
 */
public record Dangers(String halted, List<DeadLetterPile> deadLetters, String unknown) {

    /** Nothing is known. */
    public static Dangers unknown(String why) {
        return new Dangers("", List.of(), why);
    }

    /** The same with the dead letters. */
    public Dangers with(List<DeadLetterPile> piles) {
        return new Dangers(halted, piles, unknown);
    }

    /** The same where they cannot be read. */
    public Dangers without(String why) {
        return new Dangers(halted, deadLetters, why);
    }

    boolean isNone() {
        return halted.isEmpty() && deadLetters.isEmpty();
    }

    /** For people, before all else; empty as a rule. */
    String text(Instant now) {
        StringBuilder text = new StringBuilder();
        if (!halted.isEmpty()) {
            text.append("HALTED")
                    .append(halted)
                    .append(": nothing new is selected until './tidemark halt --lift'.\n\n");
        }
        if (!unknown.isEmpty()) {
            text.append("Not known, whether something is halted or lies among the dead letters: ")
                    .append(unknown)
                    .append("\n\n");
        }
        if (!deadLetters.isEmpty()) {
            text.append("Dead letters: records that nobody could use, so that what they said is missing\n")
                    .append(Tables.align(deadLetters.stream()
                            .map(pile -> List.of(
                                    "  " + pile.topic(),
                                    pile.howMany(),
                                    pile.reason(),
                                    "for " + Age.since(pile.since(), now)))
                            .toList()))
                    .append("  './tidemark dead-letters' shows them; with --clear they are forgotten.\n\n");
        }
        return text.toString();
    }
}
