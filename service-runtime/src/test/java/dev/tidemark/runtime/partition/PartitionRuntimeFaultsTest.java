package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a member whose client, group or shards fail, poll by poll. */
class PartitionRuntimeFaultsTest {

    private final World world = new World(1);
    private final World.Replica replica = world.replica("one");

    /** After how long each member was made. */
    private final List<Duration> joins = new ArrayList<>();

    private Polls polls = (member, number) -> {};
    private Runnable activation = () -> {};
    private Runnable ending = () -> {};
    private CompletableFuture<Void> effects = CompletableFuture.completedFuture(null);
    private int cancelled;
    private final PartitionRuntime<Shard> runtime = new PartitionRuntime<>(
            new PartitionRuntime.Settings(
                    "test",
                    Topic.REGISTRY_NOTIFIED,
                    2,
                    4,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0, new Random(1))),
            Member::new,
            (partitions, sink) -> {},
            epoch -> new Fragile(),
            new EventReader(),
            (record, why) -> {},
            replica);

    /** What happens in one poll, counted from 1 for each member. */
    private interface Polls {
        void on(Member member, int number);
    }

    private final class Member implements GroupMember {
        private final Listener listener;
        private final int join;
        private final Set<Integer> assigned = new HashSet<>();
        private CompletableFuture<Boolean> woken = new CompletableFuture<>();
        private int number;

        Member(Listener listener) {
            this.listener = listener;
            joins.add(Duration.between(World.BEGIN, world.now()));
            this.join = joins.size();
        }

        private void assign() {
            assigned.add(0);
            listener.assigned(Set.of(0));
            wakeup();
        }

        /** A second passes with each poll that nobody ends. */
        @Override
        public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
            try {
                var unused = replica.await(woken, Duration.ofSeconds(1));
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            woken = new CompletableFuture<>();
            polls.on(this, ++number);
            return List.of();
        }

        @Override
        public void wakeup() {
            woken.complete(true);
        }

        @Override
        public Set<Integer> assignment() {
            return Set.copyOf(assigned);
        }

        @Override
        public long position(int partition) {
            throw new IllegalStateException("the broker does not say");
        }

        @Override
        public void commit(Map<Integer, Long> offsets) {}

        @Override
        public void pause(Set<Integer> partitions) {}

        @Override
        public void resume(Set<Integer> partitions) {}

        @Override
        public void close() {
            listener.revoked(assignment());
        }
    }

    private final class Fragile implements Shard {
        @Override
        public void load(LogRecord record) {}

        @Override
        public void activated() {
            activation.run();
        }

        @Override
        public void record(LogRecord record, Runnable done) {}

        @Override
        public CompletableFuture<Void> close() {
            ending.run();
            return effects;
        }

        @Override
        public void cancel() {
            cancelled++;
            ending.run();
        }
    }

    @AfterEach
    void end() {
        world.end();
    }

    private static IllegalStateException fault() {
        return new IllegalStateException("of this test");
    }

    private static void fail() {
        throw fault();
    }

    @Test
    void isNotReadyAfterAFaultBeforeTheGroupHasAnswered() {
        polls = (member, number) -> {
            if (number == (member.join == 1 ? 1 : 20)) {
                member.assign();
            } else if (member.join == 1 && number == 8) {
                throw fault();
            }
        };
        runtime.start();
        world.pass(Duration.ofSeconds(4));
        assertThat(runtime.isReady()).isTrue();
        world.pass(Duration.ofSeconds(10));
        assertThat(joins).hasSize(2);
        assertThat(runtime.isReady()).isFalse();
        assertThat(runtime.problem().orElseThrow()).contains("retrying after").contains("of this test");
        world.pass(Duration.ofSeconds(20));
        assertThat(runtime.isReady()).isTrue();
        assertThat(runtime.problem()).isEmpty();
    }

    @Test
    void isNotReadyAfterItHasLostItsPartitionsBeforeTheGroupHasAnswered() {
        polls = (member, number) -> {
            switch (number) {
                case 1, 20 -> member.assign();
                case 8 -> member.listener.lost(Set.of(0));
                default -> {}
            }
        };
        runtime.start();
        world.pass(Duration.ofSeconds(4));
        assertThat(runtime.isReady()).isTrue();
        world.pass(Duration.ofSeconds(6));
        assertThat(runtime.isReady()).isFalse();
        assertThat(runtime.problem().orElseThrow()).contains("joining the group");
        world.pass(Duration.ofSeconds(20));
        assertThat(runtime.isReady()).isTrue();
        assertThat(joins).hasSize(1);
    }

    @Test
    void aShardThatCannotBeClosedNorCancelledEndsNothingElse() {
        polls = (member, number) -> {
            if (number == 1) {
                member.assign();
            } else if (member.join == 1 && number == 8) {
                throw fault();
            }
        };
        ending = PartitionRuntimeFaultsTest::fail;
        runtime.start();
        world.pass(Duration.ofSeconds(20));
        assertThat(joins).hasSize(2);
        assertThat(runtime.isReady()).isTrue();
    }

    @Test
    void aShardThatCannotBeCancelledEndsNothingElse() {
        polls = (member, number) -> {
            if (number == 1) {
                member.assign();
            } else if (member.join == 1 && number == 8) {
                throw fault();
            }
        };
        runtime.start();
        world.pass(Duration.ofSeconds(3));
        effects = new CompletableFuture<>();
        ending = () -> {
            if (cancelled > 0) {
                throw fault();
            }
        };
        world.pass(Duration.ofSeconds(20));
        assertThat(cancelled).isEqualTo(1);
        assertThat(joins).hasSize(2);
        assertThat(runtime.isReady()).isTrue();
    }

    /** A poll that brought nothing is no success. */
    @Test
    void waitsLongerEachTimeAShardCannotBeActivated() {
        polls = (member, number) -> {
            if (number == 2) {
                member.assign();
            }
        };
        activation = PartitionRuntimeFaultsTest::fail;
        runtime.start();
        world.pass(Duration.ofMinutes(2));
        List<Duration> waits = new ArrayList<>();
        for (int i = 1; i < joins.size(); i++) {
            waits.add(joins.get(i).minus(joins.get(i - 1)).minusSeconds(2));
        }
        assertThat(waits.subList(0, 5))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(8));
    }

    @Test
    void forgetsFaultsWhenItWentWellForAsLongAsItWaited() {
        polls = (member, number) -> {
            if (number == 1) {
                member.assign();
            } else if (number == (member.join == 3 ? 30 : 3)) {
                throw fault();
            }
        };
        runtime.start();
        world.pass(Duration.ofMinutes(2));
        assertThat(joins.get(2).minus(joins.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(joins.get(3).minus(joins.get(2)))
                .as("30 polls and the shortest wait")
                .isLessThanOrEqualTo(Duration.ofSeconds(31));
    }

    @Test
    void whoAsksForAProofIsAnsweredAtOnceWhenTheBrokerDoesNotSayWhereItIs() {
        polls = (member, number) -> {
            if (number == 1) {
                member.assign();
            }
        };
        runtime.start();
        world.pass(Duration.ofSeconds(3));
        Map<String, Boolean> answers = new HashMap<>();
        Epoch epoch = runtime.epoch(0).orElseThrow();
        replica.start("asks", () -> {
            try {
                answers.put("proved", runtime.fence(epoch));
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        });
        world.pass(Duration.ofSeconds(2));
        assertThat(answers).containsEntry("proved", false);
    }
}
