package dev.tidemark.benchmarks.history;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.replay.Replay;
import dev.tidemark.evaluation.whatif.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A day in a file. {@code generate FILE RECORDS IMAGES} makes one, {@code replay FILE REPORT} and {@code what-if FILE REPORT} say
 * how long they take and how much memory the process ever had: to be run with the heap that is to be enough.
 */
final class ReplayDay {

    private static final String POLICY = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImagePolicy
            metadata: {name: app-7-newest, namespace: apps, annotations: {tidemark.dev/minimum-age: 6h}}
            spec:
              imageRepositoryRef: {name: app-7}
              policy: {semver: {range: ">=1.0.0"}}
            """;

    private ReplayDay() {}

    public static void main(String[] args) throws IOException {
        Path range = Path.of(args[1]);
        switch (args[0]) {
            case "generate" -> RecordedDay.write(range, Long.parseLong(args[2]), Integer.parseInt(args[3]));
            case "replay" -> measure(range, new Report(Path.of(args[2])), ReplayDay::replay);
            case "what-if" -> measure(range, new Report(Path.of(args[2])), ReplayDay::whatIf);
            default -> throw new IllegalArgumentException("generate, replay or what-if");
        }
    }

    private static String replay(RangeFile range) {
        Replay.Result result = Replay.of(range);
        return result.decisions() + " decisions, " + result.selections() + " selections, "
                + result.differences().size() + " differences";
    }

    private static String whatIf(RangeFile range) {
        List<WhatIf.Result> results = WhatIf.of(range, "policy.yaml", POLICY);
        return results.getFirst().moments().size() + " moments";
    }

    private static void measure(Path file, Report report, Function<RangeFile, String> question) throws IOException {
        long start = System.nanoTime();
        try (RangeFile range = RangeFile.open(file)) {
            long opened = System.nanoTime();
            String answer = question.apply(range);
            long end = System.nanoTime();
            report.say(String.format(
                    Locale.ROOT,
                    "%,d records, %,d bytes: verified in %d ms, answered in %d ms (%s); heap at most %d MiB, %s",
                    range.manifest().records(),
                    range.manifest().bytes(),
                    Duration.ofNanos(opened - start).toMillis(),
                    Duration.ofNanos(end - opened).toMillis(),
                    answer,
                    Runtime.getRuntime().maxMemory() >> 20,
                    resident()));
        }
    }

    /** The most that the process ever had in memory. */
    private static String resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse("VmHWM unknown")
                    .replaceAll("\\s+", " ");
        }
    }
}
