package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.flux.ResourceId;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the feeds that this replica owns: one for each declared feed whose image falls into a partition that it
 * was given and has restored. Changes come as messages and are taken one by one on a thread of its own.
 */
public final class FeedLanes implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FeedLanes.class.getName());

    /** Over how long the overdue scans of a taken-over partition are spread. */
    private static final Duration SPREAD = Duration.ofSeconds(10);

    /** A lane ends when its request is interrupted; longer than this is a fault. */
    private static final Duration LANE_END = Duration.ofSeconds(15);

    private final int partitions;
    private final Restore restore;
    private final Opener opener;
    private final Function<ResourceId, @Nullable String> handledRequest;
    private final Clock clock;
    private final LinkedBlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().name("feed-lanes").unstarted(this::run);

    private final Map<Feed, Lane> lanes = new HashMap<>();
    private final Map<Feed, FeedMemory> memories = new HashMap<>();
    private final Map<ResourceId, String> requests = new HashMap<>();
    private final Map<Integer, List<Waiting>> waiting = new HashMap<>();

    /** Partitions that were ours and are not: what still comes of them is called off, their owner reads it again. */
    private final Set<Integer> lost = new HashSet<>();

    private Watchlist watchlist = new Watchlist(Map.of(), Map.of());

    /** What {@link #ready()} tells; written by the thread. */
    private volatile Set<Integer> restored = Set.of();

    private volatile Set<Integer> assigned = Set.of();
    private volatile boolean joined;

    /** Reads from the log what is known of the feeds of some partitions. */
    @FunctionalInterface
    public interface Restore {
        /** @throws RuntimeException when the broker does not answer; it is tried again */
        Map<Feed, FeedMemory> read(Collection<Integer> partitions);
    }

    /** What came before its partition was restored. */
    private record Waiting(Runnable action, CompletableFuture<?> done) {

        /** Whatever goes wrong with it is the end of this one only. */
        void run() {
            try {
                action.run();
            } catch (RuntimeException | Error fault) {
                Faults.rethrowFatal(fault);
                done.completeExceptionally(fault);
            }
        }
    }

    /** Makes the lane of a feed. */
    @FunctionalInterface
    public interface Opener {
        Lane open(WatchedFeed watched, FeedMemory memory, Instant due);
    }

    /** @param handledRequest the request that was handled last for a resource, null when that is not known */
    public FeedLanes(
            int partitions,
            Restore restore,
            Opener opener,
            Function<ResourceId, @Nullable String> handledRequest,
            Clock clock) {
        this.partitions = partitions;
        this.restore = restore;
        this.opener = opener;
        this.handledRequest = handledRequest;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** Whether every partition that was given to this replica is restored. */
    public boolean ready() {
        return joined && restored.containsAll(assigned);
    }

    public void assigned(Set<Integer> numbers) {
        tell(() -> {
            joined = true;
            lost.removeAll(numbers);
            Set<Integer> all = new HashSet<>(assigned);
            all.addAll(numbers);
            assigned = Set.copyOf(all);
            restore(numbers, 0);
        });
    }

    public void revoked(Set<Integer> numbers) {
        tell(() -> {
            assigned = without(assigned, numbers);
            restored = without(restored, numbers);
            lost.addAll(numbers);
            numbers.forEach(
                    number -> takeWaiting(number).forEach(gone -> gone.done().cancel(false)));
            List<Lane> lost = new ArrayList<>();
            for (Feed feed : List.copyOf(lanes.keySet())) {
                if (numbers.contains(partition(feed.image()))) {
                    Lane lane = lanes.remove(feed);
                    lane.close();
                    lost.add(lane);
                }
            }
            // Should the partition come back, what a lane still writes must be there to be restored.
            lost.forEach(FeedLanes::awaitEnd);
            memories.keySet().removeIf(feed -> numbers.contains(partition(feed.image())));
        });
    }

    /** What is declared has changed. */
    public void watch(Watchlist newest) {
        tell(() -> {
            watchlist = newest;
            adjust();
        });
    }

    /** Verifies what was notified; completed when that has come to an end, cancelled when the partition is lost. */
    public CompletableFuture<Void> notified(Envelope<RegistryNotified> envelope) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        RegistryNotified event = envelope.event();
        whenRestored(event.image(), done, () -> {
            List<CompletableFuture<?>> parts = new ArrayList<>();
            for (Lane lane : lanesOf(event)) {
                parts.add(ask(lane, event.claimedTag(), TagCheck.Purpose.CLAIMED, envelope));
            }
            follow(parts, done);
        });
        return done;
    }

    /** Looks at one tag of one feed; completed when that has come to an end, cancelled when the partition is lost. */
    public CompletableFuture<TagCheck.Ended> check(Feed feed, String tag, TagCheck.Purpose purpose, Envelope<?> cause) {
        CompletableFuture<TagCheck.Ended> done = new CompletableFuture<>();
        whenRestored(feed.image(), done, () -> {
            Lane lane = lanes.get(feed);
            if (lane == null) {
                done.complete(TagCheck.Ended.NOT_WATCHED);
            } else if (!FeedWorker.isTag(tag)) {
                LOG.log(Level.WARNING, feed + ": asked for a look at '" + tag + "', which is no tag: not looked at");
                done.complete(TagCheck.Ended.DONE);
            } else {
                lane.request(new TagCheck(tag, purpose, cause, done));
            }
        });
        return done;
    }

    private static CompletableFuture<?> ask(
            Lane lane, @Nullable String tag, TagCheck.Purpose purpose, Envelope<?> cause) {
        if (tag == null || !FeedWorker.isTag(tag)) {
            return lane.requestScan(cause);
        }
        CompletableFuture<TagCheck.Ended> part = new CompletableFuture<>();
        lane.request(new TagCheck(tag, purpose, cause, part));
        return part;
    }

    private static void follow(List<CompletableFuture<?>> parts, CompletableFuture<Void> done) {
        var unused = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.cancel(false);
                    }
                });
    }

    private List<Lane> lanesOf(RegistryNotified event) {
        return lanes.values().stream()
                .filter(lane -> lane.watched().feed().image().equals(event.image()))
                .filter(lane -> lane.watched().resources().keySet().stream()
                        .anyMatch(id -> event.listed().contains(id.toString())))
                .toList();
    }

    /**
     * What comes while a partition is still read waits for it, and so does what comes before anybody has said whose the
     * partition is: a channel delivers as soon as it is assigned, which may be before this replica is put together. What
     * is known to belong to somebody else is cancelled.
     */
    private void whenRestored(ImageName image, CompletableFuture<?> done, Runnable action) {
        tell(() -> {
            int partition = partition(image);
            Waiting asked = new Waiting(action, done);
            if (restored.contains(partition)) {
                asked.run();
            } else if (lost.contains(partition)) {
                done.cancel(false);
            } else {
                waiting.computeIfAbsent(partition, p -> new ArrayList<>()).add(asked);
            }
        });
    }

    private List<Waiting> takeWaiting(int partition) {
        List<Waiting> taken = waiting.remove(partition);
        return taken == null ? List.of() : taken;
    }

    private void restore(Set<Integer> numbers, int failures) {
        Set<Integer> wanted = new HashSet<>(numbers);
        wanted.retainAll(assigned);
        wanted.removeAll(restored);
        if (wanted.isEmpty()) {
            return;
        }
        Set<Integer> all = new HashSet<>(restored);
        all.addAll(wanted);
        try {
            restore.read(wanted).forEach(memories::putIfAbsent);
            adjust(all);
        } catch (RuntimeException fault) {
            Duration delay = Backoff.delay(failures + 1, null);
            LOG.log(Level.WARNING, "partitions " + wanted + " are read again in " + delay, fault);
            tellAfter(delay, () -> restore(wanted, failures + 1));
            return;
        }
        restored = Set.copyOf(all);
        LOG.log(Level.INFO, "watching partitions " + restored + ": " + lanes.size() + " feeds");
        wanted.forEach(partition -> takeWaiting(partition).forEach(Waiting::run));
    }

    private void tellAfter(Duration delay, Runnable message) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(delay);
                tell(message);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void adjust() {
        adjust(restored);
    }

    private void adjust(Set<Integer> owned) {
        for (Feed feed : List.copyOf(lanes.keySet())) {
            if (!watchlist.feeds().containsKey(feed)) {
                Lane lane = lanes.remove(feed);
                lane.retire();
                awaitEnd(lane);
            }
        }
        for (WatchedFeed watched : watchlist.feeds().values()) {
            if (owned.contains(partition(watched.feed().image()))) {
                adjust(watched);
            }
        }
    }

    private void adjust(WatchedFeed watched) {
        boolean requested = isRequested(watched);
        Lane lane = lanes.get(watched.feed());
        if (lane == null) {
            FeedMemory memory = memories.computeIfAbsent(watched.feed(), feed -> new FeedMemory());
            lane = opener.open(watched, memory, firstDue(watched, memory));
            lanes.put(watched.feed(), lane);
            request(lane, requested);
            lane.start();
        } else if (!lane.watched().equals(watched)) {
            request(lane, requested);
            lane.update(watched);
        }
    }

    /** Before the lane knows of the request: status must not call it handled before a scan. */
    private static void request(Lane lane, boolean requested) {
        if (requested) {
            var unused = lane.requestScan(null);
        }
    }

    /** At once for a feed that is new; overdue ones a little apart, so that a restart does not hit a registry at once. */
    private Instant firstDue(WatchedFeed watched, FeedMemory memory) {
        Instant now = clock.instant();
        Instant due = memory.nextDue();
        if (due == null) {
            return now;
        }
        if (due.isAfter(now)) {
            Instant latest = now.plus(watched.interval());
            return due.isBefore(latest) ? due : latest;
        }
        return now.plus(Spread.offset(watched.feed().text(), Spread.shorter(watched.interval(), SPREAD)));
    }

    private boolean isRequested(WatchedFeed watched) {
        boolean requested = false;
        for (Map.Entry<ResourceId, String> request : watched.requests().entrySet()) {
            String before = requests.put(request.getKey(), request.getValue());
            if (before == null) {
                before = handledRequest.apply(request.getKey());
            }
            requested |= before != null
                    && !request.getValue().isEmpty()
                    && !request.getValue().equals(before);
        }
        return requested;
    }

    private static void awaitEnd(Lane lane) {
        try {
            if (!lane.ended(LANE_END)) {
                LOG.log(Level.WARNING, lane.watched().feed() + ": its lane does not end");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private int partition(ImageName image) {
        return Partitioning.partition(image, partitions);
    }

    private static Set<Integer> without(Set<Integer> all, Set<Integer> some) {
        Set<Integer> rest = new HashSet<>(all);
        rest.removeAll(some);
        return Set.copyOf(rest);
    }

    private void tell(Runnable message) {
        messages.add(message);
    }

    private void run() {
        try {
            while (true) {
                Runnable message = messages.take();
                try {
                    message.run();
                } catch (RuntimeException | Error fault) {
                    Faults.rethrowFatal(fault);
                    // One message's failure must not silence the others.
                    LOG.log(Level.ERROR, "watching goes on after a fault", fault);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW && thread.join(LANE_END)) {
                lanes.values().forEach(Lane::close);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
