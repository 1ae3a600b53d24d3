package dev.tidemark.benchmarks.policies;

import static dev.tidemark.benchmarks.policies.LoadLog.target;

import dev.tidemark.evaluator.streams.EvaluatorStreams;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The topology with the broker in one process: {@code EvaluatorLoad <images> <tags of each> <policies of one image>
 * <file>}. Adds to the file how long it takes from the first event to all selections, from a restart to ready, from a
 * tag to its decision, and until very many policies of one image have taken a tag.
 */
public final class EvaluatorLoad {

    private static final int PARTITIONS = 2;
    private static final int IDLE_SAMPLES = 500;
    private static final int BUSY_SECONDS = 15;
    private static final int BUSY_RATE = 1_000;

    private final LoadLog log;
    private final int images;
    private final int tags;
    private final int crowd;

    private EvaluatorLoad(LoadLog log, int images, int tags, int crowd) {
        this.log = log;
        this.images = images;
        this.tags = tags;
        this.crowd = crowd;
    }

    public static void main(String[] args) throws Exception {
        Quiet.please();
        try (var log = new LoadLog(PARTITIONS, Path.of(args[3]))) {
            new EvaluatorLoad(log, Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
                    .run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        for (int image = 0; image < images; image++) {
            log.write(LoadLog.policy(image, image));
        }
        EvaluatorStreams streams = start();
        long begin = System.nanoTime();
        for (int image = 0; image < images; image++) {
            log.scan(image, tags);
        }
        log.flush();
        long written = System.nanoTime();
        log.awaitSelections(images);
        long events = (long) images * (tags + 1);
        double selected = secondsSince(begin);
        log.say("%,d images x %,d tags: written in %.1f s, all selected after %.1f s, %,.0f events/s"
                .formatted(images, tags, (written - begin) / 1e9, selected, events / selected));
        memory();
        streams.close();
        long restart = System.nanoTime();
        streams = start();
        log.say("restart to running with the state restored: %.1f s".formatted(secondsSince(restart)));
        memory();
        log.say("tag to decision, idle: %s".formatted(percentiles(idle())));
        log.say("tag to decision, %,d events/s: %s".formatted(BUSY_RATE, percentiles(busy())));
        memory();
        crowd();
        memory();
        streams.close();
    }

    private EvaluatorStreams start() {
        var streams = new EvaluatorStreams(
                ShippedSettings.read(),
                log.clients(),
                new ThreadScheduler(Clock.systemUTC()),
                "load",
                LogListener.NOBODY);
        streams.start();
        while (!streams.isRunning()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return streams;
    }

    private long[] idle() {
        long[] nanos = new long[IDLE_SAMPLES];
        for (int i = 0; i < IDLE_SAMPLES; i++) {
            long sent = System.nanoTime();
            nanos[i] = log.awaitSelected(target(i % images), log.push(i % images)) - sent;
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return warm(nanos);
    }

    private long[] busy() {
        int count = BUSY_SECONDS * BUSY_RATE;
        String[] pushed = new String[count];
        long[] sent = new long[count];
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            while (System.nanoTime() - begin < i * (1_000_000_000L / BUSY_RATE)) {
                LockSupport.parkNanos(50_000);
            }
            sent[i] = System.nanoTime();
            pushed[i] = log.push(i % images);
        }
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = log.awaitSelected(target(i % images), pushed[i]) - sent[i];
        }
        return warm(nanos);
    }

    /** Without the first fifth. */
    private static long[] warm(long[] nanos) {
        return Arrays.copyOfRange(nanos, nanos.length / 5, nanos.length);
    }

    /** Everybody follows one image. */
    private void crowd() throws IOException {
        long before = log.selections();
        log.scan(images, 1);
        for (int policy = 0; policy < crowd; policy++) {
            log.write(LoadLog.policy(images + policy, images));
        }
        log.awaitSelections(before + crowd);
        long begin = System.nanoTime();
        log.push(images);
        log.awaitSelections(before + 1 + crowd);
        double first = secondsSince(begin);
        log.awaitSelections(before + 2L * crowd);
        log.say("a tag that %,d policies of one image take: the first after %.2f s, the last after %.1f s"
                .formatted(crowd, first, secondsSince(begin)));
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static String percentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }

    private void memory() throws IOException {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("VmRSS unknown");
        log.say("heap in use %d MB of %d MB, %s (broker, topology and load in one process)"
                .formatted(
                        (heap.totalMemory() - heap.freeMemory()) / 1_000_000,
                        heap.totalMemory() / 1_000_000,
                        resident.replaceAll("\\s+", " ")));
    }
}
