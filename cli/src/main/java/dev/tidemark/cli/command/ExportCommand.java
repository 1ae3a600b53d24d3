package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.ExportedRange;
import dev.tidemark.cli.run.Evaluator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recorded history in a file. */
@Command(
        name = "export",
        description = "Write recorded history into a file: what was decided, and all that it was decided from.",
        footer = {
            "",
            "Beside the file its manifest says what it is, block by block: a copy that was altered or cut is seen, and",
            "where. The file names images and policies, and who halted and why; it holds no Secrets.",
            "",
            "Example:",
            "  ./tidemark export --since 24h -o range.jsonl"
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Option(
            names = "--since",
            paramLabel = "AGO",
            converter = TimeAgo.class,
            description = "how far back, " + TimeAgo.FORMS + "; default: 24h",
            defaultValue = "24h")
    private Duration since = Duration.ofHours(24);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "where to")
    private Path file = Path.of("");

    @Option(names = "--force", description = "replace a file that is there")
    private boolean force;

    @Override
    public Integer call() throws InterruptedException {
        try (Evaluator evaluator = services.open()) {
            terminal.print(ExportedRange.export(evaluator, since, file, force).text());
        }
        return 0;
    }
}
