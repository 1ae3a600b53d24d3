package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.OpenedRange;
import dev.tidemark.cli.audit.WhatIfReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a changed policy would have selected. */
@Command(
        name = "what-if",
        description = "Say what a changed policy would have selected, when and why, against what was selected.",
        footer = {
            "",
            "The policy takes effect where the history begins, from what was selected then. Nothing is changed.",
            "",
            "Ends with 0 when it would always have selected what was selected, with 1 when there is a difference, with",
            "2 when that could not be found out.",
            "",
            "Examples:",
            "  ./tidemark what-if -f policy.yaml --since 30d",
            "  ./tidemark what-if -f policy.yaml range.jsonl"
        })
final class WhatIfCommand implements Callable<Integer> {

    private static final Duration LAST_DAY = Duration.ofHours(24);

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private RangeArguments arguments = new RangeArguments();

    @Mixin
    private ReportFormat format = new ReportFormat();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "MANIFEST",
            required = true,
            description = "the changed ImagePolicy or ResourceSetInputProvider, or several; with the ImageRepository "
                    + "where that is another, too")
    private Path manifest = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        return format.answer(terminal, () -> {
            try (OpenedRange range = arguments.open(LAST_DAY, terminal.waiting())) {
                WhatIfReport report = WhatIfReport.of(range, manifest);
                return new ReportFormat.Answer(report.isAlike(), report.text(), report.members());
            }
        });
    }
}
