package dev.tidemark.benchmarks.resources;

import dev.tidemark.benchmarks.Installation;
import dev.tidemark.benchmarks.Report;
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
 * What one changed policy costs among many: processor time of all services together, and the time until its status shows
 * it; and the start with all of them. For several builds in turns.
 */
public final class ChangedResource {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration EDIT_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final int POLL_MILLIS = 2;

    private ChangedResource() {}

    /** @param args the file for the figures, how many apps (comma separated), the edits, then the root folder of each build */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = new Report(Path.of(args[0]));
        int edits = Integer.parseInt(args[2]);
        List<Path> roots = Arrays.stream(args).skip(3).map(Path::of).toList();
        for (String count : args[1].split(",", -1)) {
            for (int build = 0; build < roots.size(); build++) {
                Path folder = Files.createTempDirectory("tidemark-changed-resource");
                Apps apps = new Apps(folder.resolve("manifests"), folder.resolve("state"), Integer.parseInt(count));
                measure(report, "build " + (build + 1) + ", " + count + " apps", roots.get(build), apps, edits);
            }
        }
    }

    private static void measure(Report report, String name, Path root, Apps apps, int edits)
            throws IOException, InterruptedException {
        apps.write();
        try (Installation first = Installation.start(root, apps.manifests(), apps.state())) {
            long begin = System.nanoTime();
            awaitStart(first, apps);
            report.say(String.format(
                    Locale.ROOT,
                    "%s, first start: %.1f s until every status is there, %.1f s of processor time",
                    name,
                    seconds(begin),
                    first.services().processorTime().toMillis() / 1000.0));
        }
        try (Installation again = Installation.start(root, apps.manifests(), apps.state())) {
            long begin = System.nanoTime();
            edit(apps, 0, "0.x");
            report.say(String.format(
                    Locale.ROOT,
                    "%s, start again: %.1f s until an edit shows, %.1f s of processor time",
                    name,
                    seconds(begin),
                    again.services().processorTime().toMillis() / 1000.0));
            TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
            Duration rest = rest(again);
            List<Long> times = new ArrayList<>();
            Duration before = again.services().processorTime();
            long from = System.nanoTime();
            for (int i = 0; i < edits; i++) {
                times.add(edit(apps, i * 7 % apps.count(), (i + 2) + ".x"));
                TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            }
            double idle = rest.toMillis() * seconds(from);
            double each = (again.services().processorTime().minus(before).toMillis() - idle) / edits;
            Collections.sort(times);
            report.say(String.format(
                    Locale.ROOT,
                    "%s, one changed policy: %.1f ms of processor time, shown after %d ms (median of %d), at rest %d ms a"
                            + " second, memory %s",
                    name,
                    each,
                    times.get(times.size() / 2),
                    edits,
                    rest.toMillis(),
                    again.services().status("VmRSS")));
        }
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    /** A second's processor time when nothing happens. */
    private static Duration rest(Installation installation) throws IOException, InterruptedException {
        Duration before = installation.services().processorTime();
        TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
        return installation.services().processorTime().minus(before).dividedBy(SETTLE.toSeconds());
    }

    private static void awaitStart(Installation installation, Apps apps) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!apps.allKnown()) {
            if (System.nanoTime() > deadline || !installation.isAlive()) {
                throw new IllegalStateException("it does not start: " + installation.printed());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static long edit(Apps apps, int app, String range) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        apps.edit(app, range);
        while (!apps.knows(app, range)) {
            if (System.nanoTime() - begin > EDIT_LIMIT.toNanos()) {
                throw new IllegalStateException("an edit does not show");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
