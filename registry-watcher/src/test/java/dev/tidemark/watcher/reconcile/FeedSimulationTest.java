package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PartitionClaimed;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that come, freeze, die and are given partitions anew: what was notified is found, by whoever owns it. */
class FeedSimulationTest {

    private static final int PARTITIONS = 2;
    private static final List<Feed> FEEDS = IntStream.range(0, 5)
            .mapToObj(i -> new Feed(new ImageName("ghcr.io/o/app-" + i), ""))
            .toList();
    private static final Feed[] ALL = FEEDS.toArray(Feed[]::new);

    private Random random = new Random(3);
    private World world = new World(5);
    private SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, PARTITIONS);
    private SharedLog log = new SharedLog(world, PARTITIONS);
    private SimulatedRegistry registry = new SimulatedRegistry(world);
    private final Map<Feed, Set<String>> told = new HashMap<>();
    private int names;

    private void begin(long seed) {
        random = new Random(seed);
        world = new World(random.nextLong());
        group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, PARTITIONS);
        log = new SharedLog(world, PARTITIONS);
        registry = new SimulatedRegistry(world);
        told.clear();
        FEEDS.forEach(feed -> registry.push(feed.image(), "1.0.0", SimulatedRegistry.digest(1)));
    }

    @AfterEach
    void end() {
        world.end();
    }

    private SimulatedWatcher start() {
        return start(Duration.ZERO);
    }

    private SimulatedWatcher start(Duration clockOffset) {
        SimulatedWatcher watcher =
                new SimulatedWatcher("replica-" + ++names, world, group, PARTITIONS, log, registry, 20);
        watcher.process().setClockOffset(clockOffset);
        watcher.watch(ALL);
        watcher.start();
        return watcher;
    }

    /** A push, and the word of it, which the webhook handler has answered 200. */
    private void push(Feed feed, String tag) {
        registry.push(feed.image(), tag, SimulatedRegistry.digest(told.size()));
        told.computeIfAbsent(feed, f -> new HashSet<>()).add(tag);
        Envelope<?> envelope = SimulatedWatcher.notification(feed, tag, world.now(), feed + tag);
        group.append(envelope.key(), envelope);
    }

    private void burst(int tags) {
        for (int i = 0; i < tags; i++) {
            for (Feed feed : FEEDS) {
                push(feed, "2." + told.getOrDefault(feed, Set.of()).size() + ".0");
            }
        }
    }

    private void assertThatEverythingToldIsFound(String as) {
        Map<Feed, Set<String>> found = log.taken();
        told.forEach((feed, tags) -> assertThat(found.getOrDefault(feed, Set.of()))
                .as(as + ": tags of " + feed)
                .containsAll(tags));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(group.committed(partition))
                    .as(as + ": what is done of partition " + partition)
                    .isEqualTo(group.end(partition));
        }
    }

    /** D6: the process ends in the middle of a burst; also before it had joined, and again while it starts. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBurstIsWorkedAfterAnyNextStart(boolean killed) {
        for (int steps = 1; steps < 400; steps += 13) {
            begin(steps);
            SimulatedWatcher watcher = start();
            world.pass(Duration.ofSeconds(5));
            burst(4);
            for (int life = 0; life < 2; life++) {
                for (int i = 0; i < steps; i++) {
                    world.step();
                }
                if (killed) {
                    watcher.process().kill();
                    group.expel(watcher.process());
                } else {
                    watcher.close();
                    watcher.process().kill();
                }
                watcher = start();
            }
            world.pass(Duration.ofMinutes(1));
            assertThatEverythingToldIsFound("ended after " + steps + " steps");
            assertThat(watcher.isReady()).isTrue();
            world.end();
        }
    }

    /** D5: the second rebalance comes while the partitions of the first are loaded. */
    @Test
    void twoRebalancesCloseTogetherLeaveEveryPartitionWithAnOwnerThatWorks() {
        for (int gap = 0; gap < 60; gap++) {
            begin(gap);
            SimulatedWatcher one = start();
            SimulatedWatcher other = start();
            world.pass(Duration.ofSeconds(5));
            burst(2);
            group.rebalance(size -> 0);
            for (int i = 0; i < gap; i++) {
                world.step();
            }
            group.rebalance(size -> size - 1);
            burst(1);
            for (int i = 0; i < gap; i++) {
                world.step();
            }
            group.rebalance(size -> 0);
            burst(1);
            world.pass(Duration.ofMinutes(1));
            assertThat(one.isReady() && other.isReady()).isTrue();
            assertThatEverythingToldIsFound(gap + " steps apart");
            world.end();
        }
    }

    /** A process that was paused while it asked a registry, and wakes when somebody else has its images. */
    @Test
    void whoWakesWithoutItsPartitionsChangesNothing() {
        begin(1);
        SimulatedWatcher paused = start();
        world.pass(Duration.ofSeconds(5));
        registry.gate("page 2");
        FEEDS.forEach(feed -> {
            Envelope<?> envelope = SimulatedWatcher.notification(feed, null, world.now(), "scan " + feed);
            group.append(envelope.key(), envelope);
        });
        world.settle();
        paused.process().freeze();
        group.expel(paused.process());
        registry.open("page 2");
        SimulatedWatcher owner = start();
        burst(2);
        world.pass(Duration.ofMinutes(1));
        int written = log.records().size();
        int statuses = paused.statuses().size();

        paused.process().thaw();
        world.settle();

        assertThat(log.records().subList(written, log.records().size()))
                .filteredOn(record -> record.by().equals(paused.toString()))
                .allMatch(record -> isClaimOfItsOwn(record, paused));
        // what it says after it was given partitions anew is what it has read
        assertThat(paused.statuses().subList(statuses, paused.statuses().size()))
                .allMatch(status -> status.startsWith("known 3"));
        burst(1);
        world.pass(Duration.ofMinutes(1));
        assertThat(paused.isReady() && owner.isReady()).isTrue();
        assertThatEverythingToldIsFound("after the pause");
    }

    /** What the group has given it anew it may claim. */
    private boolean isClaimOfItsOwn(SharedLog.Written record, SimulatedWatcher writer) {
        Envelope<?> envelope = record.envelope();
        return envelope != null
                && envelope.event() instanceof PartitionClaimed claim
                && group.isOwner(writer.process(), claim.partition());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whateverHappensWhatWasToldIsFound(int block) {
        for (long seed = block * 100L; seed < block * 100L + 100; seed++) {
            begin(seed);
            live("seed " + seed);
            world.end();
        }
    }

    /** Clocks of machines that nobody has set. */
    private SimulatedWatcher startSomewhere() {
        return start(Duration.ofSeconds(random.nextInt(600) - 300));
    }

    private void live(String as) {
        List<SimulatedWatcher> replicas = new ArrayList<>(List.of(startSomewhere(), startSomewhere()));
        for (int i = 0; i < 40; i++) {
            int which = random.nextInt(replicas.size());
            SimulatedWatcher one = replicas.get(which);
            switch (random.nextInt(13)) {
                case 0 -> {
                    one.process().kill();
                    group.expel(one.process());
                    replicas.set(which, startSomewhere());
                }
                case 1 -> {
                    if (!one.process().isFrozen()) {
                        one.close();
                        one.process().kill();
                        // it may have stood still meanwhile
                        group.expel(one.process());
                        replicas.set(which, startSomewhere());
                    }
                }
                case 2 -> one.process().freeze();
                case 3 -> {
                    if (one.process().isFrozen()) {
                        group.expel(one.process());
                    }
                }
                case 4, 5 -> replicas.forEach(replica -> replica.process().thaw());
                case 6 -> group.rebalance(random::nextInt);
                case 7 -> registry.setSilent(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(40)) : null);
                case 8 -> log.setAway(random.nextInt(3) == 0);
                case 9 -> log.freezeBefore(one.process(), any -> true);
                default -> push(FEEDS.get(random.nextInt(FEEDS.size())), "3." + i + ".0");
            }
            if (random.nextBoolean()) {
                world.pass(Duration.ofMillis(random.nextInt(5_000)));
            } else {
                for (int steps = random.nextInt(30); steps > 0; steps--) {
                    world.step();
                }
            }
        }
        registry.setSilent(null);
        log.setAway(false);
        log.freezeNobody();
        replicas.forEach(replica -> replica.process().thaw());
        world.pass(Duration.ofMinutes(20));
        assertThatEverythingToldIsFound(as);
        assertThat(log.takenOfCompacted()).as(as + ": what compaction leaves").isEqualTo(log.taken());
        assertThat(replicas).as(as).allMatch(SimulatedWatcher::isReady);
    }
}
