package dev.tidemark.cli.logs;

import dev.tidemark.cli.error.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The logs of several services as one, by time. Who follows it is shown those of services that are started later, too, and goes
 * on where a service was when it is started again.
 */
public final class MergedLog implements Log {

    /** A pod that is replaced is away for longer. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Whoever reads the screen is slower than five services; they wait. */
    private static final int WAITING_LINES = 1_000;

    private final Supplier<List<LogSource>> sources;
    private final Consumer<String> trouble;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();
    private final Map<String, Thread> readers = new ConcurrentHashMap<>();
    private final Set<String> troubled = new HashSet<>();
    private final BlockingQueue<Runnable> heard = new LinkedBlockingQueue<>(WAITING_LINES);
    private Optional<Instant> begin = Optional.empty();

    /**
     * @param sources those that there are, asked for again and again
     * @param trouble told of a source that cannot be read while others can
     */
    public MergedLog(Supplier<List<LogSource>> sources, Consumer<String> trouble) {
        this.sources = sources;
        this.trouble = trouble;
    }

    @Override
    public List<LogLine> last(int tail, Optional<Instant> since) throws InterruptedException {
        begin = since;
        List<LogLine> all = new ArrayList<>();
        List<RuntimeException> faults = new ArrayList<>();
        List<LogSource> there = sources.get();
        for (LogSource source : there) {
            try {
                // of each at least one, to know where to go on
                read(source, Math.max(tail, tail < 0 ? ALL : 1), since, false, all::add);
            } catch (UserError | UncheckedIOException unreadable) {
                faults.add(unreadable);
                tell(source, unreadable);
            }
        }
        if (faults.size() == there.size() && !faults.isEmpty()) {
            throw faults.getFirst();
        }
        all.forEach(line -> seen.merge(line.from(), line.at(), MergedLog::later));
        all.sort(Comparator.comparing(LogLine::at));
        return all;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void follow(Consumer<LogLine> shown) throws InterruptedException {
        try {
            while (true) {
                open(shown);
                long until = System.nanoTime() + LOOK_AGAIN.toNanos();
                for (long left = LOOK_AGAIN.toNanos(); left > 0; left = until - System.nanoTime()) {
                    Runnable next = heard.poll(left, TimeUnit.NANOSECONDS);
                    if (next != null) {
                        next.run();
                    }
                }
            }
        } finally {
            readers.values().forEach(Thread::interrupt);
        }
    }

    /** Has a thread read each source that none reads. */
    private void open(Consumer<LogLine> shown) {
        try {
            for (LogSource source : sources.get()) {
                readers.computeIfAbsent(
                        source.name(),
                        _ -> Thread.ofVirtual().name(source.name()).start(() -> follow(source, shown)));
            }
        } catch (UserError | UncheckedIOException away) {
            tell("", away);
        }
    }

    private void follow(LogSource source, Consumer<LogLine> shown) {
        Optional<Instant> before = Optional.ofNullable(seen.get(source.name())).or(() -> begin);
        try {
            read(source, ALL, before, true, line -> {
                if (before.isEmpty() || line.at().isAfter(before.get())) {
                    seen.put(source.name(), line.at());
                    hand(() -> {
                        troubled.remove(source.name());
                        shown.accept(line);
                    });
                }
            });
        } catch (UserError | UncheckedIOException unreadable) {
            hand(() -> tell(source, unreadable));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            readers.remove(source.name());
        }
    }

    private void hand(Runnable said) {
        try {
            heard.put(said);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(
            LogSource source, int tail, Optional<Instant> since, boolean follow, Consumer<LogLine> found)
            throws InterruptedException {
        try (InputStream stream = source.open(tail, since, follow);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LogLine.read(line, source.name()).ifPresent(found);
            }
        } catch (IOException broken) {
            // it is opened again by whoever follows; of what has ended, this is the end
        }
    }

    private void tell(LogSource source, RuntimeException unreadable) {
        tell(source.name(), unreadable);
    }

    /** Once, until it can be read again. */
    private void tell(String name, RuntimeException unreadable) {
        if (troubled.add(name)) {
            trouble.accept((name.isEmpty() ? "" : name + ": ") + unreadable.getMessage());
        }
    }
}
