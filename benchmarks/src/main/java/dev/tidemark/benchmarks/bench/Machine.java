package dev.tidemark.benchmarks.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the figures depend on, beside the code (Linux). */
final class Machine {

    private static final double SECONDS_A_TICK = 0.01;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int KINDS = 8;

    private Machine() {}

    static Map<String, String> environment(Options options) throws IOException, InterruptedException {
        Path home = options.checkout();
        Map<String, String> environment = new TreeMap<>();
        environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("memory", line("/proc/meminfo", "MemTotal:"));
        environment.put("processor", line("/proc/cpuinfo", "model name"));
        environment.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        environment.put("jdk", System.getProperty("java.vm.version"));
        environment.put("load", Files.readString(Path.of("/proc/loadavg")).strip());
        environment.put("began", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("scale", options.scale().name().toLowerCase(Locale.ROOT));
        environment.put("commit", git(home, "rev-parse", "HEAD"));
        environment.put(
                "changed since the commit", git(home, "status", "--porcelain").isEmpty() ? "no" : "yes");
        // without it a start takes twice the time; the script makes it after a build
        environment.put("class cache", Files.exists(home.resolve("all-in-one/target/tidemark.aot")) ? "yes" : "no");
        for (String setting : new String[] {"TIDEMARK_HEAP", "JAVA_TOOL_OPTIONS"}) {
            environment.put(setting, System.getenv().getOrDefault(setting, ""));
        }
        return environment;
    }

    /** Seconds of processor time that all programs of the machine took so far. */
    static double busySeconds() throws IOException {
        String[] fields = line("/proc/stat", "cpu ").split("\\s+", -1);
        double ticks = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            if (kind != IDLE && kind != IOWAIT) {
                ticks += Double.parseDouble(fields[kind]);
            }
        }
        return ticks * SECONDS_A_TICK;
    }

    private static String line(String file, String begin) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length())
                        .replaceFirst("^\\s*:", "")
                        .strip())
                .findFirst()
                .orElse("");
    }

    private static String git(Path home, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git");
        builder.command().addAll(Arrays.asList(arguments));
        Process git = builder.directory(home.toFile()).start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? answer : "unknown";
    }
}
