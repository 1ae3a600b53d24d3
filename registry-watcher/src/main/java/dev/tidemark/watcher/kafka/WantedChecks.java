package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicTable;
import dev.tidemark.watcher.domain.FeedLanes;
import dev.tidemark.watcher.domain.WantedLooks;
import dev.tidemark.watcher.domain.WantedLooks.Look;
import dev.tidemark.watcher.domain.WantedLooks.Wish;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator wants looked at. A table and not a channel: a consumer group of its own would give a partition to
 * another replica than the one whose lanes own the image. Each replica reads all of it and does what falls to its lanes.
 * One thread of its own takes every change and every time that has come.
 */
public final class WantedChecks implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WantedChecks.class.getName());

    /** A clock that was set is noticed after this at the latest. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final TopicTable table;
    private final FeedLanes lanes;
    private final Clock clock;
    private final int partitions;
    private final ScheduledThreadPoolExecutor thread;

    private final Set<Integer> owned = new HashSet<>();
    private final WantedLooks looks = new WantedLooks();
    private @Nullable ScheduledFuture<?> alarm;

    public WantedChecks(LogClients log, DeadLetters deadLetters, FeedLanes lanes, Clock clock) {
        this.lanes = lanes;
        this.clock = clock;
        this.partitions = log.settings().partitions();
        // What is still told after the end is of no interest.
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofVirtual().name("registry-watcher-wanted-checks").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setRemoveOnCancelPolicy(true);
        this.table = new TopicTable(
                Topic.TAG_CHECK_WANTED,
                log,
                "registry-watcher-tag-check-wanted",
                deadLetters,
                keys -> tell(() -> keys.stream().filter(this::isOwned).forEach(key -> attempt(() -> read(key)))));
    }

    public void start() {
        table.start();
    }

    /** Takes up what is wanted of the images of these partitions. */
    public void assigned(Set<Integer> numbers) {
        tell(() -> {
            owned.addAll(numbers);
            table.newest().keySet().stream()
                    .filter(key -> numbers.contains(partition(key)))
                    .forEach(key -> attempt(() -> read(key)));
        });
    }

    /** Somebody else looks after the images of these partitions. */
    public void revoked(Set<Integer> numbers) {
        tell(() -> {
            owned.removeAll(numbers);
            looks.lost(key -> numbers.contains(partition(key)));
        });
    }

    /** What stands under another key than its own is nobody's wish: the owner of the image would not see it. */
    private void read(String key) {
        Optional<Wish> wish = table.find(key).flatMap(Wish::of).filter(found -> Keys.of(found.wanted())
                .equals(key));
        wish.ifPresentOrElse(now -> looks.wanted(key, now, clock.instant()), () -> looks.withdrawn(key));
    }

    private boolean isOwned(String key) {
        return owned.contains(partition(key));
    }

    private int partition(String key) {
        return Partitioning.partition(Topic.TAG_CHECK_WANTED, key, partitions);
    }

    private void tell(Runnable change) {
        thread.execute(() -> {
            attempt(change);
            attempt(this::lookAround);
        });
    }

    /** One record's failure must silence neither the others nor the alarm. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "looking at single tags goes on after a fault", fault);
        }
    }

    private void lookAround() {
        Instant now = clock.instant();
        looks.begin(now).forEach(look -> attempt(() -> ask(look)));
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = looks.next().map(next -> wakeAfter(Duration.between(now, next))).orElse(null);
    }

    private ScheduledFuture<?> wakeAfter(Duration wait) {
        Duration sleep = wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
        return thread.schedule(() -> tell(() -> {}), sleep.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask(Look look) {
        Envelope<?> cause = look.wish().cause();
        TagCheckWanted wanted = look.wish().wanted();
        var unused = lanes.check(wanted.feed(), wanted.tag(), look.wish().purpose(), cause)
                .whenComplete((how, failure) -> tell(() -> {
                    if (failure == null) {
                        looks.ended(look, how, clock.instant());
                    } else {
                        looks.cancelled(look);
                    }
                }));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        table.close();
    }
}
