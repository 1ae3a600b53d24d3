package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** One feed of one replica, on stepped time. */
abstract class OneFeed {

    static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    static final String DIGEST = SimulatedRegistry.digest(1);

    final World world = new World(11);
    final SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
    final SharedLog log = new SharedLog(world, 1);
    final SimulatedRegistry registry = new SimulatedRegistry(world);
    SimulatedWatcher watcher = watcher("first");
    private int notifications;

    @AfterEach
    void end() {
        world.end();
    }

    SimulatedWatcher watcher(String name) {
        return new SimulatedWatcher(name, world, group, 1, log, registry, 10_000);
    }

    /** A feed that was scanned, with tag {@code old}, and whose status says so. */
    void scanned() {
        registry.push(FEED.image(), "old", DIGEST);
        start();
        registry.forgetAsked();
    }

    void start() {
        watcher.watch(FEED);
        watcher.start();
        world.pass(Duration.ofSeconds(2));
    }

    void restart(String name) {
        watcher.process().kill();
        group.expel(watcher.process());
        watcher = watcher(name);
        start();
    }

    void notify(@Nullable String tag) {
        notify(tag, world.now());
    }

    void notify(@Nullable String tag, Instant told) {
        Envelope<?> envelope = SimulatedWatcher.notification(FEED, tag, told, "n" + ++notifications);
        group.append(envelope.key(), envelope);
    }

    /** Whether every notification has come to an end, so that none is read again after a start. */
    boolean isAllDone() {
        world.pass(Duration.ofSeconds(2));
        return group.committed(0) == group.end(0);
    }
}
