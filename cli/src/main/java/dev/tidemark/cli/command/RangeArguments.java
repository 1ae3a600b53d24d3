package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.OpenedRange;
import dev.tidemark.cli.audit.Waiting;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recorded history: a file that was exported, or what a running Tidemark has of the time since. */
final class RangeArguments {

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "as export wrote it, its manifest beside it; nothing has to run")
    private @Nullable Path file;

    @Option(
            names = "--since",
            paramLabel = "AGO",
            converter = TimeAgo.class,
            description = "without a file: what a running Tidemark has recorded since then, " + TimeAgo.FORMS
                    + "; default: 1h for replay, 24h for what-if")
    private @Nullable Duration since;

    /**
     * @param otherwise how long ago where neither a file nor a time is named
     * @param waiting who is told how far it is
     */
    OpenedRange open(Duration otherwise, Waiting waiting) throws InterruptedException {
        Path named = file;
        if (named == null) {
            try (Evaluator evaluator = services.open()) {
                return OpenedRange.exported(evaluator, since == null ? otherwise : since, waiting);
            }
        }
        if (since != null) {
            throw new UserError("a file says itself since when it is: leave out --since, or " + named + '.');
        }
        return OpenedRange.of(named, waiting);
    }
}
