package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.ExportedRange;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

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
            description = "where to")
    private @Nullable Path file;

    @Option(names = "--force", description = "replace a file that is there")
    private boolean force;

    /** What flux exports is no history. */
    @Unmatched
    private List<String> others = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path to = demandFile();
        try (Evaluator evaluator = services.open()) {
            terminal.print(ExportedRange.export(evaluator, since, to, force, terminal.waiting())
                    .text());
        }
        return 0;
    }

    private Path demandFile() {
        if (others.stream().anyMatch(word -> !word.startsWith("-"))) {
            String objects =
                    others.stream().filter(word -> !word.equals("--all")).collect(Collectors.joining(" "));
            throw new UserError("history is exported, and not '" + objects + "': './tidemark get " + objects
                    + " -o yaml' shows objects.");
        }
        if (spec != null && (file == null || !others.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    others.isEmpty() ? "where to? Write -o FILE" : "Unknown option: '" + others.getFirst() + '\'');
        }
        return Objects.requireNonNull(file);
    }
}
