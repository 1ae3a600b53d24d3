package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.DeadLetterPile;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.run.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The records that nobody could use, and that somebody has seen them. */
@Command(
        name = "dead-letters",
        description = "Show the records that nobody could use, with the reasons; or forget them.",
        footer = {
            "",
            "A record that a service reads anew at each start comes back when it is not overwritten meanwhile.",
            "",
            "Examples:",
            "  ./tidemark dead-letters",
            "  ./tidemark dead-letters --clear                    all that are there now",
            "  ./tidemark dead-letters --clear policy-declared    only of this topic"
        })
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "with --clear: only of this topic")
    private String topic = "";

    @Option(names = "--clear", description = "forget those that are there now")
    private boolean clear;

    @Override
    public Integer call() throws InterruptedException {
        if (!clear && !topic.isEmpty()) {
            throw new UserError("a TOPIC goes with --clear: without it those of all topics are shown.");
        }
        List<DeadLetterPile> piles;
        try (Evaluator running = services.open()) {
            piles = DeadLetterPile.of(clear ? running.clearDeadLetters(topic) : running.deadLetters());
        }
        if (piles.isEmpty()) {
            terminal.line("No dead letters.");
        }
        piles.forEach(pile -> terminal.print(clear ? forgotten(pile) : shown(pile)));
        return 0;
    }

    private static String forgotten(DeadLetterPile pile) {
        return "Forgotten: " + pile.howMany() + " of " + pile.topic() + '\n';
    }

    private static String shown(DeadLetterPile pile) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  AT", "PARTITION", "OFFSET", "KEY", "REASON"));
        pile.newest()
                .forEach(letter -> rows.add(List.of(
                        "  " + letter.at(), letter.partition(), letter.offset(), letter.key(), letter.reason())));
        String newest = pile.count() > pile.newest().size()
                ? ", the newest " + pile.newest().size()
                : "";
        return pile.topic() + ": " + pile.howMany() + " since " + pile.since() + newest + '\n' + Tables.align(rows);
    }
}
