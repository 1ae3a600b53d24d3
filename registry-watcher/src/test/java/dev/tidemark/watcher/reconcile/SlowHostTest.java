package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A registry that takes two seconds an answer, on stepped time: what it is asked takes that long, and what another registry
 * is asked takes no time at all, in the same partition too. That their budgets are their own is HostBudgetsTest's.
 */
class SlowHostTest {

    private static final Duration LATENCY = Duration.ofSeconds(2);
    private static final Feed QUICK = feed("quick.example/o/a");

    private final World world = new World(23);
    private final SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
    private final SharedLog log = new SharedLog(world, 1);
    private final SimulatedRegistry registry = new SimulatedRegistry(world);
    private final SimulatedWatcher watcher = new SimulatedWatcher("first", world, group, 1, log, registry, 10_000);
    private final List<Feed> slow = IntStream.range(0, 40)
            .mapToObj(number -> feed("slow.example/o/a" + number))
            .toList();
    private int notifications;

    @AfterEach
    void end() {
        world.end();
    }

    private static Feed feed(String image) {
        return new Feed(new ImageName(image), "");
    }

    private void push(Feed feed, String tag) {
        registry.push(feed.image(), tag, SimulatedRegistry.digest(1));
    }

    private void notify(Feed feed, @Nullable String tag) {
        var envelope = SimulatedWatcher.notification(feed, tag, world.now(), "n" + ++notifications);
        group.append(envelope.key(), envelope);
    }

    private void start() {
        List<Feed> all = new ArrayList<>(slow);
        all.add(QUICK);
        all.forEach(feed -> push(feed, "old"));
        watcher.watch(all.toArray(Feed[]::new));
        watcher.start();
        world.pass(Duration.ofMinutes(1));
        registry.slow("slow.example", LATENCY);
    }

    @Test
    void aTagOfAnotherHostIsFoundInNoTimeAtAll() {
        start();
        slow.forEach(feed -> push(feed, "slow"));
        slow.forEach(feed -> notify(feed, "slow"));
        world.settle();
        push(QUICK, "quick");
        notify(QUICK, "quick");
        world.settle();
        assertThat(log.discovered()).contains("quick").doesNotContain("slow");
        world.pass(LATENCY);
        assertThat(log.discovered().stream().filter("slow"::equals)).hasSize(slow.size());
    }

    @Test
    void aListOfAnotherHostIsReadInNoTimeAtAll() {
        start();
        slow.forEach(feed -> push(feed, "slow"));
        slow.forEach(feed -> notify(feed, null));
        world.settle();
        push(QUICK, "quick");
        notify(QUICK, null);
        world.settle();
        assertThat(log.discovered()).contains("quick").doesNotContain("slow");
        world.pass(LATENCY.multipliedBy(2));
        assertThat(log.discovered().stream().filter("slow"::equals)).hasSize(slow.size());
    }
}
