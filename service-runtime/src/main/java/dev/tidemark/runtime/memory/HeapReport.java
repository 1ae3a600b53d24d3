package dev.tidemark.runtime.memory;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Says what heap there is and what it is needed for: in the log once, and to whoever asks while it is not enough. */
public final class HeapReport {

    private static final System.Logger LOG = System.getLogger(HeapReport.class.getName());

    /** Services and broker together without any feed: 56 MB live after a full collection ({@code benchmarks/results/start.md}). */
    static final long BASE_BYTES = 64L * 1024 * 1024;

    /** Until the log is read, which takes seconds. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final HeapMemory heap;
    private final List<HeapNeeds> services;
    private final Scheduler scheduler;
    private final Consumer<String> log;

    public HeapReport(HeapMemory heap, List<HeapNeeds> services, Scheduler scheduler) {
        this(heap, services, scheduler, line -> LOG.log(Level.INFO, line));
    }

    HeapReport(HeapMemory heap, List<HeapNeeds> services, Scheduler scheduler, Consumer<String> log) {
        this.heap = heap;
        this.services = services;
        this.scheduler = scheduler;
        this.log = log;
    }

    /** Begins to tell the log. */
    public void start() {
        heap.onNearLimit(() -> warning()
                .ifPresent(why -> LOG.log(Level.WARNING, LogKeys.line("heap-near-limit", LogKeys.REASON, why))));
        if (services.isEmpty()) {
            log.accept(LogKeys.line(
                    "heap",
                    "limit",
                    HeapLimit.megabytes(heap.limit().bytes()),
                    "from",
                    heap.limit().from()));
        } else {
            say(services);
        }
    }

    private void say(List<HeapNeeds> silent) {
        List<HeapNeeds> still =
                silent.stream().filter(service -> !isSaid(service.now())).toList();
        if (!still.isEmpty()) {
            var unused = scheduler.after(POLL, () -> scheduler.start("heap-report", () -> say(still)));
        }
    }

    private boolean isSaid(Optional<HeapNeed> need) {
        need.ifPresent(known -> log.accept(LogKeys.line(
                "heap",
                "service",
                known.service(),
                "limit",
                HeapLimit.megabytes(heap.limit().bytes()),
                "from",
                heap.limit().from(),
                "feeds",
                known.feeds(),
                "tags",
                known.tags(),
                "expected",
                HeapLimit.megabytes(known.bytes()))));
        return need.isPresent();
    }

    public HeapLimit limit() {
        return heap.limit();
    }

    /** What the services expect to need together, for those that know it. */
    public long expected() {
        return BASE_BYTES
                + services.stream()
                        .flatMap(service -> service.now().stream())
                        .mapToLong(HeapNeed::bytes)
                        .sum();
    }

    /** Why the heap is not enough, or may soon not be, with the remedy; empty while it is. */
    public Optional<String> warning() {
        if (heap.isNearLimit()) {
            return Optional.of("the heap is nearly full: a collection left more than "
                    + Math.round(100 * HeapMemory.NEAR_LIMIT) + " % of " + heap.limit() + " in use; "
                    + remedy(2 * heap.limit().bytes()));
        }
        long expected = expected();
        if (expected > HeapMemory.NEAR_LIMIT * heap.limit().bytes()) {
            return Optional.of(
                    "the heap may not be enough: the services with their feeds and tags are expected to need "
                            + HeapLimit.megabytes(expected) + " of " + heap.limit() + "; "
                            + remedy(2 * expected));
        }
        return Optional.empty();
    }

    private static String remedy(long bytes) {
        String enough = HeapLimit.megabytes(bytes);
        return "start again with TIDEMARK_HEAP=" + enough + ", in a container with JAVA_TOOL_OPTIONS=-Xmx" + enough;
    }
}
