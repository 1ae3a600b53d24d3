package dev.tidemark.cli.command;

import dev.tidemark.flux.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a shell that completes a word: a candidate a line, behind a tab what it is. */
@Command(name = "__complete", hidden = true, description = "Used by the completion of shells.")
final class CompleteCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    /** Somebody waits with a finger on the key. A cluster that takes longer has no names to offer. */
    @Option(names = "--limit", paramLabel = "SECONDS", description = "default: 3", defaultValue = "3")
    private int limit = 3;

    @Parameters(arity = "0..*", description = "the words before the cursor, behind --; the last is completed")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        FutureTask<List<Completion.Candidate>> candidates =
                new FutureTask<>(() -> Completion.of(words.isEmpty() ? List.of("") : words));
        Thread.ofVirtual().start(candidates);
        try {
            candidates
                    .get(limit, TimeUnit.SECONDS)
                    .forEach(one -> terminal.line(Printable.line(one.word())
                            + (one.about().isEmpty() ? "" : '\t' + Printable.line(one.about()))));
        } catch (ExecutionException | TimeoutException nothingToOffer) {
            // whoever types goes on by themselves: a shell has no place for an error
        }
        return 0;
    }
}
