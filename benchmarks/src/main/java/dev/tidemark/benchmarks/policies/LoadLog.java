package dev.tidemark.benchmarks.policies;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicProvisioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A broker with the log, who writes into it, and when each selection was seen; and the file for what is found out. */
final class LoadLog implements AutoCloseable {

    private final Report report;
    private final EmbeddedBroker broker;
    private final LogClients clients;
    private final Producer<String, @Nullable Envelope<?>> producer;
    private final Map<String, Long> selectedAt = new ConcurrentHashMap<>();
    private final AtomicLong selections = new AtomicLong();
    private volatile boolean closing;
    private long second;

    LoadLog(int partitions, Path report) throws IOException {
        this.report = new Report(report);
        Path folder = Files.createTempDirectory("tidemark-load");
        this.broker = EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false));
        this.clients =
                LogClients.at(broker.bootstrapServers(), new LogSettings(partitions, (short) 1, Duration.ofDays(1)));
        new TopicProvisioner(clients, "load").provision();
        this.producer = clients.eventWriter("load");
        Thread.ofPlatform().daemon().start(this::follow);
    }

    LogClients clients() {
        return clients;
    }

    void write(Event event) {
        var envelope = Envelope.first(event, "load", Instant.now());
        var unused = producer.send(new ProducerRecord<>(envelope.type().topic().topicName(), envelope.key(), envelope));
    }

    void flush() {
        producer.flush();
    }

    /** A first scan of an image with so many tags. */
    void scan(int image, int tags) {
        Scan scan = new Scan("scan-" + image, Instant.EPOCH);
        for (int tag = 0; tag < tags; tag++) {
            write(new Event.TagDiscovered(feed(image), "1." + tag / 20 + "." + tag % 20, null, scan, Scope.SCAN, null));
        }
        write(new Event.ScanCompleted(feed(image), scan, tags, tags, 0, "checksum"));
    }

    /** A tag that a webhook reports, higher than all before. */
    String push(int image) {
        second++;
        String tag = "2.0." + second;
        Scan scan = new Scan("look-" + second, Instant.ofEpochSecond(second));
        write(new Event.TagDiscovered(feed(image), tag, null, scan, Scope.TAG, null));
        return tag;
    }

    /** When the policy was seen to select the tag, in nanoseconds of this process. */
    long awaitSelected(Target target, String tag) {
        String key = target.text() + ' ' + tag;
        Long at = selectedAt.get(key);
        while (at == null) {
            LockSupport.parkNanos(100_000);
            at = selectedAt.get(key);
        }
        return at;
    }

    long selections() {
        return selections.get();
    }

    void awaitSelections(long count) {
        while (selections.get() < count) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    void say(String line) {
        report.say(line);
    }

    private void follow() {
        try (var consumer = clients.reader("load-reader")) {
            consumer.assign(clients.settings().partitionsOf(Topic.TAG_SELECTED));
            while (!closing) {
                consumer.poll(Duration.ofMillis(10)).forEach(record -> {
                    selections.incrementAndGet();
                    if (EventCodec.decode(record.value()).event() instanceof TagSelected selected) {
                        selectedAt.put(
                                record.key() + ' ' + selected.tags().getFirst().tag(), System.nanoTime());
                    }
                });
            }
        }
    }

    static Feed feed(int image) {
        return Feed.parse("ghcr.io/my-org/app-" + image + "#");
    }

    static Target target(int policy) {
        return new Target("local", "ImagePolicy", "apps", "app-" + policy);
    }

    static Event.PolicyDeclared policy(int policy, int image) {
        return new Event.PolicyDeclared(
                feed(image).image(),
                target(policy),
                feed(image),
                feed(image).image().text(),
                new PolicyRule.Semver(">=1.0.0"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
    }

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(2));
        broker.close();
    }
}
