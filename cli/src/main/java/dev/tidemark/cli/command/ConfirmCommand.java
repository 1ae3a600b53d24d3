package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.SourceWords;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.SourceState.Confirmation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says that deletions are meant. */
@Command(
        name = "confirm",
        description = "Let deletions that wait take effect: those that the code names, and no others.",
        footer = {
            "",
            "Much that is missing at once, or a folder that is empty, may be a mistake or a disk that is not mounted:",
            "such objects stay in force until somebody confirms that they are to go. Without a code it says what waits.",
            "",
            "Example:",
            "  ./tidemark confirm 1f0e9d8c7b6a"
        })
final class ConfirmCommand implements Callable<Integer> {

    /** A source that runs is told at once; where the file system tells nothing it looks every two seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(20);

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "as status prints it; default: only say what waits")
    private String code = "";

    @Override
    public Integer call() throws InterruptedException {
        StateFolder folder = state.folder();
        ObjectView view = folder.view();
        Optional<Confirmation> waiting = view.source().confirmation();
        if (code == null || code.isEmpty()) {
            terminal.print(waiting.map(SourceWords::waiting).orElse(SourceWords.NOTHING_WAITS + ".\n"));
            return 0;
        }
        Confirmation confirmation = waiting.filter(now -> now.code().equals(code))
                .orElseThrow(() -> new UserError("nothing waits under '" + code + "'"
                        + waiting.map(now -> "; what waits now is " + now.code() + ": " + SourceWords.names(now))
                                .orElse(": " + SourceWords.NOTHING_WAITS)
                        + '.'));
        folder.edits().confirm(code);
        if (folder.endpoints().isEmpty()) {
            terminal.line("Confirmed. Nothing runs on " + folder.root()
                    + ": it takes effect at the next start, if the same is missing then.");
            return 0;
        }
        awaitEffect(view);
        terminal.print(SourceWords.deleted(gone(confirmation, view)));
        return 0;
    }

    private void awaitEffect(ObjectView view) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (view.source()
                .confirmation()
                .filter(now -> now.code().equals(code))
                .isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new UserError("confirmed, but it has not taken effect after " + LIMIT.toSeconds()
                        + " s: './tidemark status' says what is going on, './tidemark logs' more.");
            }
            Thread.sleep(POLL);
        }
    }

    /** What was declared again meanwhile, or waits for something else, is not among it. */
    private static List<ResourceId> gone(Confirmation confirmation, ObjectView view) {
        List<ResourceId> waitsStill =
                view.source().confirmation().map(SourceWords::all).orElse(List.of());
        return SourceWords.all(confirmation).stream()
                .filter(id -> !waitsStill.contains(id) && !view.isInForce(id))
                .toList();
    }
}
