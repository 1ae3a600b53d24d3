package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.testkit.contract.Tomorrow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionRuntimeTest {

    private static final int PARTITIONS = 2;
    private static final String IMAGE = "r.io/a";
    private static final int HOME = Partitioning.partition(new ImageName(IMAGE), PARTITIONS);

    private final World world = new World(3);
    private final SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, PARTITIONS);
    private final World.Replica replica = world.replica("one");
    private final List<String> heard = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final List<Runnable> unfinished = new ArrayList<>();
    private final CompletableFuture<Void> effects = new CompletableFuture<>();
    private boolean effectsRun;
    private int failingLoads;
    private int refusedLoads;
    private final List<Boolean> proved = new ArrayList<>();
    private Duration loading = Duration.ZERO;
    private final PartitionRuntime<Recorder> runtime = runtime(replica);

    private PartitionRuntime<Recorder> runtime(World.Replica of) {
        var settings = new PartitionRuntime.Settings(
                "test",
                Topic.REGISTRY_NOTIFIED,
                PARTITIONS,
                4,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0, new Random(1)));
        Loader loader = (partitions, sink) -> {
            wait(of, loading);
            if (failingLoads-- > 0) {
                throw new IllegalStateException("the broker is away");
            }
            for (Integer partition : partitions) {
                sink.accept(new LogRecord(Topic.TAG_DISCOVERED, partition, 0, Instant.EPOCH, "known", null, Map.of()));
            }
        };
        return group.replica(
                of,
                settings,
                loader,
                Recorder::new,
                (record, why) -> letters.add(record.partition() + "/" + record.offset() + " " + why.getMessage()));
    }

    private static void wait(World.Replica of, Duration time) {
        try {
            var unused = of.await(new CompletableFuture<Void>(), time);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private final class Recorder implements Shard {
        private final Epoch epoch;

        Recorder(Epoch epoch) {
            this.epoch = epoch;
        }

        @Override
        public void begin() throws InterruptedException {
            proved.add(runtime.fence(epoch));
            heard.add("begin " + epoch.partition());
        }

        @Override
        public void loaded() {
            if (refusedLoads-- > 0) {
                throw new IllegalStateException("what was read is no basis");
            }
        }

        @Override
        public void load(LogRecord record) {
            heard.add("load " + epoch.partition());
        }

        @Override
        public void activated() {
            heard.add("active " + epoch.partition());
        }

        @Override
        public void record(LogRecord record, Runnable done) {
            if (record.envelope() == null) {
                throw new UndecodableException("a tombstone means nothing here");
            }
            heard.add("record " + record.offset());
            unfinished.add(done);
        }

        @Override
        public CompletableFuture<Void> close() {
            heard.add("close " + epoch.partition());
            return effectsRun ? effects : CompletableFuture.completedFuture(null);
        }

        @Override
        public void cancel() {
            heard.add("cancel " + epoch.partition());
        }
    }

    @AfterEach
    void end() {
        world.end();
    }

    private void notifyOne(int number) {
        var event = new RegistryNotified(new ImageName(IMAGE), "r", List.of(), "t" + number);
        group.append(IMAGE, Envelope.first(event, "test", world.now(), number));
    }

    private Epoch epoch() {
        return runtime.epoch(HOME).orElseThrow();
    }

    private boolean fence(Epoch epoch) {
        Map<String, Boolean> answer = new HashMap<>();
        replica.start("asks", () -> {
            try {
                answer.put("proved", runtime.fence(epoch));
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        });
        world.pass(Duration.ofSeconds(7));
        return answer.getOrDefault("proved", false);
    }

    @Test
    void loadsBeforeAnythingIsDelivered() {
        notifyOne(1);
        runtime.start();
        world.pass(Duration.ofSeconds(1));
        assertThat(heard).contains("load " + HOME, "active " + HOME, "record 0");
        assertThat(heard.indexOf("record 0")).isGreaterThan(heard.indexOf("active " + HOME));
        assertThat(runtime.isReady()).isTrue();
        assertThat(runtime.problem()).isEmpty();
        assertThat(runtime.shards()).hasSize(PARTITIONS);
    }

    /** What an owner writes first is read with the rest, and is proved to be an owner's. */
    @Test
    void beginsWithAProofBeforeItIsLoaded() {
        runtime.start();
        world.pass(Duration.ofSeconds(1));
        assertThat(heard.indexOf("begin " + HOME)).isNotNegative().isLessThan(heard.indexOf("load " + HOME));
        assertThat(proved).containsExactly(true, true);
    }

    @Test
    void loadsAgainWhatAShardTakesForNoBasis() {
        refusedLoads = 1;
        runtime.start();
        world.settle();
        assertThat(runtime.isReady()).isFalse();
        world.pass(Duration.ofSeconds(2));
        assertThat(runtime.isReady()).isTrue();
        assertThat(heard.stream().filter(("begin " + HOME)::equals)).hasSize(2);
    }

    /** Who joins anew is given its partitions by the group, in another epoch, with what was not finished. */
    @Test
    void givesUpAllThatItHasWhenItJoinsAnew() {
        notifyOne(1);
        runtime.start();
        world.pass(Duration.ofSeconds(1));
        Epoch before = epoch();
        runtime.rejoin(before, "somebody else has claimed the partition");
        world.settle();
        assertThat(runtime.isReady()).isFalse();
        assertThat(heard).contains("close " + HOME);
        world.pass(Duration.ofSeconds(2));
        assertThat(runtime.isReady()).isTrue();
        assertThat(epoch()).isNotEqualTo(before);
        assertThat(fence(before)).isFalse();
        assertThat(heard.stream().filter("record 0"::equals)).hasSize(2);
    }

    /** Who slept and has lost its partition meanwhile reads only then that another one has claimed it. */
    @Test
    void joinsNotAnewForAnEpochThatIsOver() {
        runtime.start();
        world.pass(Duration.ofSeconds(1));
        Epoch before = epoch();
        group.expel(replica);
        world.pass(Duration.ofSeconds(11));
        Epoch after = epoch();
        runtime.rejoin(before, "somebody else has claimed the partition");
        world.pass(Duration.ofSeconds(5));
        assertThat(epoch()).isEqualTo(after).isNotEqualTo(before);
        assertThat(runtime.isReady()).isTrue();
    }

    @Test
    void isNotReadyWhileAPartitionLoadsAndOwnsItAlready() {
        loading = Duration.ofSeconds(5);
        runtime.start();
        world.pass(Duration.ofSeconds(1));
        assertThat(runtime.isReady()).isFalse();
        assertThat(runtime.problem()).contains("partition 0 is loading");
        assertThat(runtime.epoch(HOME)).isPresent();
        assertThat(runtime.shard(HOME)).isEmpty();
    }

    @Test
    void aLoadThatFailsIsTriedAgainAndOwnsNothingMeanwhile() {
        failingLoads = 2;
        runtime.start();
        world.pass(Duration.ofMillis(500));
        assertThat(runtime.epoch(HOME)).isEmpty();
        assertThat(runtime.problem().orElseThrow())
                .contains("could not be loaded")
                .contains("the broker is away");
        world.pass(Duration.ofSeconds(3));
        assertThat(runtime.isReady()).isTrue();
    }

    @Test
    void commitsTheLowestRecordThatIsNotFinishedAndNeverThePosition() {
        runtime.start();
        world.settle();
        for (int number = 0; number < 4; number++) {
            notifyOne(number);
        }
        world.settle();
        unfinished.get(0).run();
        unfinished.get(2).run();
        unfinished.get(3).run();
        world.pass(Duration.ofSeconds(2));
        assertThat(group.committed(HOME)).isEqualTo(1);
        assertThat(fence(epoch())).isTrue();
        assertThat(group.committed(HOME)).isEqualTo(1);
        unfinished.get(1).run();
        world.pass(Duration.ofSeconds(2));
        assertThat(group.committed(HOME)).isEqualTo(4);
    }

    @Test
    void aProofIsOfTheEpochInWhichTheWorkBegan() {
        runtime.start();
        world.settle();
        Epoch before = epoch();
        assertThat(fence(before)).isTrue();
        PartitionRuntime<Recorder> other = runtime(world.replica("two"));
        other.start();
        world.pass(Duration.ofSeconds(1));
        group.rebalance(size -> 1);
        world.pass(Duration.ofSeconds(1));
        assertThat(fence(before)).isFalse();
        group.rebalance(size -> 0);
        world.pass(Duration.ofSeconds(1));
        assertThat(fence(before)).isFalse();
        assertThat(fence(epoch())).isTrue();
    }

    @Test
    void whoWasPausedAndIsNotAMemberAnyMoreProvesNothing() {
        runtime.start();
        world.settle();
        Epoch epoch = epoch();
        replica.freeze();
        group.expel(replica);
        replica.thaw();
        assertThat(fence(epoch)).isFalse();
    }

    /** The register's D5: assigned, taken away and assigned again before the first load has ended. */
    @Test
    void twoRebalancesCloseTogetherEndActive() {
        loading = Duration.ofSeconds(2);
        PartitionRuntime<Recorder> other = runtime(world.replica("two"));
        runtime.start();
        world.settle();
        other.start();
        world.pass(Duration.ofMillis(100));
        group.rebalance(size -> 1);
        world.pass(Duration.ofMillis(100));
        group.rebalance(size -> 0);
        world.pass(Duration.ofSeconds(20));
        assertThat(runtime.isReady()).isTrue();
        assertThat(runtime.shards()).hasSize(PARTITIONS);
        notifyOne(1);
        world.settle();
        assertThat(heard).contains("record 0");
    }

    @Test
    void whatMeansNothingIsADeadLetterAndTheOthersGoOn() {
        runtime.start();
        group.append(HOME, null, new byte[] {1});
        group.append(HOME, IMAGE, "garbage".getBytes(StandardCharsets.UTF_8));
        group.append(HOME, IMAGE, null);
        group.append(1 - HOME, IMAGE, null);
        notifyOne(1);
        world.pass(Duration.ofSeconds(2));
        assertThat(letters).hasSize(4);
        assertThat(letters.toString())
                .contains("no key")
                .contains("a tombstone means nothing here")
                .contains("its key belongs in " + HOME);
        assertThat(heard).contains("record 3");
        assertThat(group.committed(HOME)).isEqualTo(3);
        assertThat(group.committed(1 - HOME)).isEqualTo(1);
    }

    /** Nobody else would read it either: its offset is finished. */
    @Test
    void passesOverWhatOnlyANewerBuildKnows() {
        runtime.start();
        world.settle();
        Tomorrow.of("registry-notified").stream()
                .filter(one -> !one.what().isRead())
                .forEach(one -> group.append(HOME, IMAGE, one.value()));
        world.pass(Duration.ofSeconds(2));
        assertThat(letters).isEmpty();
        assertThat(unfinished).isEmpty();
        assertThat(group.committed(HOME)).isEqualTo(group.end(HOME)).isPositive();
    }

    @Test
    void readsNoMoreWhileTooMuchIsUnfinished() {
        runtime.start();
        world.settle();
        for (int number = 0; number < 6; number++) {
            notifyOne(number);
            world.settle();
        }
        assertThat(unfinished).hasSize(4);
        List.copyOf(unfinished).forEach(Runnable::run);
        world.settle();
        assertThat(unfinished).hasSize(6);
    }

    @Test
    void aRevocationWaitsForEffectsButNotForEver() {
        runtime.start();
        world.settle();
        effectsRun = true;
        runtime.close();
        assertThat(heard).contains("close 0", "cancel 0", "close 1", "cancel 1");
        assertThat(Duration.between(World.BEGIN, world.now())).isEqualTo(Duration.ofSeconds(2));
        assertThat(group.members()).isZero();
    }

    @Test
    void aRecordThatIsNotFinishedIsReadAgainByTheNextOwner() {
        runtime.start();
        world.settle();
        notifyOne(1);
        notifyOne(2);
        world.settle();
        unfinished.get(0).run();
        runtime.close();
        heard.clear();
        PartitionRuntime<Recorder> next = runtime(world.replica("two"));
        next.start();
        world.pass(Duration.ofSeconds(1));
        assertThat(heard).contains("record 1").doesNotContain("record 0");
        assertThat(Optional.of(next.isReady())).contains(true);
    }
}
