package dev.tidemark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionOwnershipTest {

    private static final String TOPIC = "branch-state";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> heard = new ArrayList<>();
    private MockConsumer<Object, Object> raw;
    private boolean groupHasMovedOn;

    @BeforeEach
    void assign() {
        raw = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
                if (groupHasMovedOn) {
                    throw new CommitFailedException("the generation is over");
                }
                super.commitSync(offsets, timeout);
            }
        };
        raw.assign(partitions(0, 2));
        raw.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L, new TopicPartition(TOPIC, 2), 7L));
    }

    @Test
    void tellsWhatIsAssignedRevokedAndLost() {
        var ownership = new Owned(clients(this::answer));
        ownership.listen(listener("first"));
        ownership.onPartitionsAssigned(raw, partitions(2, 0));
        ownership.listen(listener("late"));
        ownership.onPartitionsRevoked(raw, partitions(2));
        ownership.onPartitionsLost(raw, partitions(0));
        assertThat(heard)
                .containsExactly(
                        "first + [0, 2]", "late + [0, 2]", "first - [2]", "late - [2]", "first - [0]", "late - [0]");
        assertThat(ownership.owned()).isEmpty();
    }

    /** Told late of an assignment that is over, a listener would believe for ever that it owns the partition. */
    @Test
    void aListenerThatRegistersDuringARebalanceHearsOfItInOrder() throws Exception {
        var ownership = new Owned(clients(this::answer));
        ownership.onPartitionsAssigned(raw, partitions(2));
        Thread rebalance = Thread.ofPlatform().unstarted(() -> ownership.onPartitionsRevoked(raw, partitions(2)));
        PartitionOwnership.Listener recording = listener("late");
        ownership.listen(new PartitionOwnership.Listener() {
            @Override
            public void assigned(Set<Integer> partitions) {
                rebalance.start();
                while (rebalance.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
                recording.assigned(partitions);
            }

            @Override
            public void revoked(Set<Integer> partitions) {
                recording.revoked(partitions);
            }
        });
        rebalance.join();
        assertThat(heard).containsExactly("late + [2]", "late - [2]");
    }

    @Test
    void isProvenByACommitAtTheOwnPosition() {
        var ownership = owning(this::answer);
        assertThat(ownership.prove(2, LIMIT)).isTrue();
        TopicPartition second = new TopicPartition(TOPIC, 2);
        assertThat(raw.committed(Set.of(second))).containsEntry(second, new OffsetAndMetadata(7));
    }

    @Test
    void isNotProvenWhenTheGroupHasMovedOn() {
        groupHasMovedOn = true;
        assertThat(owning(this::answer).prove(2, LIMIT)).isFalse();
    }

    @Test
    void isNotProvenWhenThePollingThreadDoesNotAnswer() {
        assertThat(owning(commit -> Uni.createFrom().nothing()).prove(2, Duration.ofMillis(20)))
                .isFalse();
    }

    @Test
    void isNotProvenForWhatIsNotOwnedOrNotAssignedAnyMore() {
        var ownership = owning(this::answer);
        assertThat(ownership.prove(1, LIMIT)).isFalse();
        raw.assign(partitions(0));
        assertThat(ownership.prove(2, LIMIT)).isFalse();
    }

    private Owned owning(Function<Function<Consumer<Object, Object>, ?>, Uni<?>> pollingThread) {
        var ownership = new Owned(clients(pollingThread));
        ownership.onPartitionsAssigned(raw, partitions(0, 2));
        return ownership;
    }

    private Uni<?> answer(Function<Consumer<Object, Object>, ?> action) {
        return Uni.createFrom().item(() -> action.apply(raw));
    }

    /** The two interfaces have dozens of methods; ownership calls one of each. */
    @SuppressWarnings("unchecked")
    private static KafkaClientService clients(Function<Function<Consumer<Object, Object>, ?>, Uni<?>> pollingThread) {
        Object consumer = Proxy.newProxyInstance(
                PartitionOwnershipTest.class.getClassLoader(),
                new Class<?>[] {KafkaConsumer.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("runOnPollingThread");
                    return pollingThread.apply((Function<Consumer<Object, Object>, ?>) arguments[0]);
                });
        return (KafkaClientService) Proxy.newProxyInstance(
                PartitionOwnershipTest.class.getClassLoader(),
                new Class<?>[] {KafkaClientService.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getConsumer");
                    assertThat(arguments).containsExactly(Owned.CHANNEL);
                    return consumer;
                });
    }

    private PartitionOwnership.Listener listener(String name) {
        return new PartitionOwnership.Listener() {
            @Override
            public void assigned(Set<Integer> partitions) {
                heard.add(name + " + " + partitions);
            }

            @Override
            public void revoked(Set<Integer> partitions) {
                heard.add(name + " - " + partitions);
            }
        };
    }

    private static List<TopicPartition> partitions(int... numbers) {
        return java.util.Arrays.stream(numbers)
                .mapToObj(number -> new TopicPartition(TOPIC, number))
                .toList();
    }

    private static final class Owned extends PartitionOwnership {
        static final String CHANNEL = "git-committer-branch-state-in";

        Owned(KafkaClientService clients) {
            super(CHANNEL, clients);
        }
    }
}
