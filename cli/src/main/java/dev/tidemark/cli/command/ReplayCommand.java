package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.OpenedRange;
import dev.tidemark.cli.audit.ReplayReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether recorded decisions come out the same today. */
@Command(
        name = "replay",
        description = "Decide recorded history again and report every difference.",
        footer = {
            "",
            "Ends with 0 when everything comes out the same, with 1 when there is a difference, with 2 when it could",
            "not be found out: a file that was altered or cut, or nothing that answers.",
            "",
            "Examples:",
            "  ./tidemark replay --since 1h",
            "  ./tidemark replay range.jsonl"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Duration LAST_HOUR = Duration.ofHours(1);

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private RangeArguments arguments = new RangeArguments();

    @Mixin
    private ReportFormat format = new ReportFormat();

    @Override
    public Integer call() throws InterruptedException {
        return format.answer(terminal, () -> {
            try (OpenedRange range = arguments.open(LAST_HOUR, terminal.waiting())) {
                ReplayReport report = ReplayReport.of(range);
                return new ReportFormat.Answer(report.isAlike(), report.text(), report.members());
            }
        });
    }
}
