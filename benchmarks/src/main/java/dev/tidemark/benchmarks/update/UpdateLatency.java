package dev.tidemark.benchmarks.update;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.demo.Pusher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Push → commit and push → Kustomization, the first and warm ones, and the processor time, memory and threads of the
 * services when nothing happens, for several builds in turns.
 */
public final class UpdateLatency {

    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final Duration REST = Duration.ofSeconds(30);

    private UpdateLatency() {}

    /** @param args the file for the figures, the rounds, the pushes of a round, then the root folder of each build */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = new Report(Path.of(args[0]));
        int rounds = Integer.parseInt(args[1]);
        int pushes = Integer.parseInt(args[2]);
        List<Path> roots = Arrays.stream(args).skip(3).map(Path::of).toList();
        Path states = Files.createTempDirectory("tidemark-update-latency");
        for (int round = 1; round <= rounds; round++) {
            for (int build = 0; build < roots.size(); build++) {
                Path state = states.resolve(round + "-" + build);
                try (Candidate candidate = Candidate.start(roots.get(build), state)) {
                    measure(report, "round " + round + ", build " + (build + 1), candidate, pushes);
                }
            }
        }
    }

    private static void measure(Report report, String name, Candidate candidate, int pushes)
            throws IOException, InterruptedException {
        candidate
                .printed()
                .lines()
                .filter(line -> line.contains(" ms after the push"))
                .forEach(line -> report.say(name + ", first: " + line.trim()));
        List<Long> commits = new ArrayList<>();
        List<Long> rendered = new ArrayList<>();
        int late = 0;
        for (int push = 0; push < pushes; push++) {
            Pusher.Outcome outcome = candidate.push("1.6." + push);
            if (outcome.complete()) {
                commits.add(outcome.commit().orElseThrow().millisSince(outcome.acknowledgedAt()));
                rendered.add(outcome.rendered().orElseThrow().millisSince(outcome.acknowledgedAt()));
            } else {
                late++;
            }
        }
        report.say(name + ", committed: " + quantiles(commits) + ", without effect " + late);
        report.say(name + ", rendered: " + quantiles(rendered));
        TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
        Duration before = candidate.services().processorTime();
        TimeUnit.MILLISECONDS.sleep(REST.toMillis());
        double each =
                (double) candidate.services().processorTime().minus(before).toMillis() / REST.toSeconds();
        report.say(String.format(
                Locale.ROOT,
                "%s, at rest: %.1f ms of processor time a second, %s threads, memory %s",
                name,
                each,
                candidate.services().status("Threads"),
                candidate.services().status("VmRSS")));
    }

    private static String quantiles(List<Long> millis) {
        if (millis.isEmpty()) {
            return "none";
        }
        Collections.sort(millis);
        return String.format(
                Locale.ROOT,
                "n %d, min %d, median %d, p90 %d, max %d ms",
                millis.size(),
                millis.getFirst(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 9 / 10),
                millis.getLast());
    }
}
