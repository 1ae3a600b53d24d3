package dev.tidemark.benchmarks.start;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.benchmarks.ServicesProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start as a person sees it, from the command to ready, on an empty state folder; what all its processes take at rest;
 * and the first update after a start, the demo's. For several builds in turns.
 */
public final class StartLatency {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /** What a start took of the heap is given back within the first minute. */
    private static final Duration SETTLE = Duration.ofSeconds(75);

    private static final Duration REST = Duration.ofSeconds(20);
    private static final Pattern COMMITTED = Pattern.compile("pushToCommitMillis\"\\s*:\\s*(\\d+)");

    private StartLatency() {}

    /** @param args the file for the figures, the rounds, then the root folder of each build */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = new Report(Path.of(args[0]));
        int rounds = Integer.parseInt(args[1]);
        List<Path> roots = Arrays.stream(args).skip(2).map(Path::of).toList();
        Path folder = Files.createTempDirectory("tidemark-start-latency");
        Path manifests = Files.createDirectory(folder.resolve("manifests"));
        for (int round = 1; round <= rounds; round++) {
            for (int build = 0; build < roots.size(); build++) {
                String name = "round " + round + ", build " + (build + 1);
                Path state = folder.resolve(round + "-" + build);
                up(report, name, roots.get(build), manifests, state);
                report.say(name + ", first push → commit: "
                        + firstUpdate(roots.get(build), state.resolveSibling(state.getFileName() + "-demo")) + " ms");
            }
        }
    }

    private static void up(Report report, String name, Path root, Path manifests, Path state)
            throws IOException, InterruptedException {
        Path log = state.resolveSibling(state.getFileName() + ".log");
        long begin = System.nanoTime();
        Process command = new ProcessBuilder(
                        root.resolve("tidemark").toString(),
                        "up",
                        "--manifests",
                        manifests.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--state",
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ServicesProcess services = new ServicesProcess(command);
        try {
            while (!Files.readString(log).contains(" is ready after ")) {
                if (!command.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                    throw new IllegalStateException("it does not start: " + Files.readString(log));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            long ready = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            Duration start = services.processorTime();
            TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
            Duration before = services.processorTime();
            TimeUnit.MILLISECONDS.sleep(REST.toMillis());
            double rest = (double) services.processorTime().minus(before).toMillis() / REST.toSeconds();
            report.say(String.format(
                    Locale.ROOT,
                    "%s: ready after %d ms with %d ms of processor time of the services; at rest %.1f ms a second,"
                            + " services %s, whoever waits for them %s",
                    name,
                    ready,
                    start.toMillis(),
                    rest,
                    services.status("VmRSS"),
                    resident(command.pid())));
        } finally {
            services.stop();
        }
    }

    private static String resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.substring("VmRSS:".length()).trim())
                .findFirst()
                .orElse("");
    }

    private static String firstUpdate(Path root, Path state) throws IOException, InterruptedException {
        Process demo = new ProcessBuilder(
                        root.resolve("tidemark").toString(), "demo", "--once", "--json", "--state", state.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = demo.waitFor();
        Matcher committed = COMMITTED.matcher(answer);
        return code == 0 && committed.find() ? committed.group(1) : "failed, " + code + ':';
    }
}
