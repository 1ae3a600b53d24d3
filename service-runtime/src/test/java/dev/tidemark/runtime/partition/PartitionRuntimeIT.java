package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicNames;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.testkit.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The runtime with a real broker: what the group promises, and that nobody waits for a long poll. */
class PartitionRuntimeIT {

    private static final int PARTITIONS = 4;
    private static final TestBroker BROKER = TestBroker.start();
    private static final LogClients CLIENTS = LogClients.at(
            BROKER.bootstrapServers(), new LogSettings(TopicNames.PLAIN, PARTITIONS, (short) 1, Duration.ofDays(1)));
    private static final ThreadScheduler SCHEDULER = new ThreadScheduler(Clock.systemUTC());

    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @AfterAll
    static void stop() {
        SCHEDULER.close();
        BROKER.close();
    }

    private PartitionRuntime<Noting> runtime(String group, String name) {
        var settings = new PartitionRuntime.Settings(
                name,
                Topic.REGISTRY_NOTIFIED,
                PARTITIONS,
                100,
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0, new Random(1)));
        return PartitionRuntime.of(
                settings,
                CLIENTS,
                group,
                (partitions, sink) -> {},
                epoch -> new Noting(name),
                (record, why) -> {},
                SCHEDULER);
    }

    private final class Noting implements Shard {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void load(LogRecord record) {}

        @Override
        public void activated() {}

        @Override
        public void record(LogRecord record, Runnable done) {
            seen.add(name + " " + record.key());
            done.run();
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void cancel() {}
    }

    @Test
    void sharesPartitionsProvesThemAndHandsThemOver() throws Exception {
        new TopicProvisioner(CLIENTS, "topics").provision();
        var one = runtime("sharing", "one");
        one.start();
        await().until(() -> one.isReady() && one.shards().size() == PARTITIONS);
        Epoch first = one.epoch(0).orElseThrow();
        for (int i = 0; i < 20; i++) {
            assertThat(one.fence(first)).isTrue();
        }
        append("r.io/a");
        await().until(() -> seen.contains("one r.io/a"));
        var two = runtime("sharing", "two");
        two.start();
        await().until(() -> one.isReady()
                && two.isReady()
                && one.shards().size() == 2
                && two.shards().size() == 2);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Optional<Epoch> ofOne = one.epoch(partition);
            assertThat(ofOne.isPresent()).isNotEqualTo(two.epoch(partition).isPresent());
            var owner = ofOne.isPresent() ? one : two;
            assertThat(owner.fence(owner.epoch(partition).orElseThrow())).isTrue();
        }
        one.close();
        await().until(() -> two.isReady() && two.shards().size() == PARTITIONS);
        append("r.io/b");
        await().until(() -> seen.contains("two r.io/b"));
        assertThat(seen).doesNotContain("two r.io/a");
        two.close();
    }

    private static void append(String image) throws Exception {
        var event = new RegistryNotified(new ImageName(image), "r", List.of(), "1");
        var envelope = Envelope.first(event, "test", Instant.EPOCH, image);
        try (var producer = CLIENTS.eventWriter("test-writer")) {
            producer.send(new ProducerRecord<>(Topic.REGISTRY_NOTIFIED.topicName(), envelope.key(), envelope))
                    .get();
        }
    }
}
