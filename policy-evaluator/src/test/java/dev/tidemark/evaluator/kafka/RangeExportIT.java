package dev.tidemark.evaluator.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Reading;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a range holds of a log that was written over two days, at a real broker. */
class RangeExportIT {

    private static final int PARTITIONS = 2;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration ASKED = Duration.ofHours(1);
    private static final Instant FROM = NOW.minus(ASKED).minus(RangeExport.LEAD);
    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    private static final Target TARGET = new Target("local", "ImagePolicy", "apps", "my-app");

    @TempDir
    private Path folder;

    private static TestBroker broker;
    private static LogClients clients;
    private static Producer<byte[], byte[]> writer;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        clients = LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)));
        new TopicProvisioner(clients, "provisioner").provision();
        writer = clients.writer("writer");
    }

    @AfterAll
    static void stop() {
        writer.close();
        broker.close();
    }

    private static RangeExport export(int maxKeys) {
        return new RangeExport(
                clients, "local", "policy-evaluator/1", RangeExport.LEAD, Clock.fixed(NOW, ZoneOffset.UTC), maxKeys);
    }

    /** Of what was before it holds the newest of each key, from there on all that is committed. */
    @Test
    void stateBeforeAndHistorySince() throws Exception {
        write(tag("1.0.0", "of old"), FROM.minusSeconds(60));
        write(tag("1.0.0", "newest before"), FROM.minusSeconds(50));
        write(tag("1.1.0", "readable"), FROM.minusSeconds(40));
        String unreadable = Keys.tag(FEED, "1.1.0");
        write(Topic.TAG_DISCOVERED, unreadable, "junk".getBytes(UTF_8), FROM.minusSeconds(30), Map.of());
        write(Topic.TAG_DISCOVERED, Keys.tag(FEED, "0.9.0"), null, FROM.minusSeconds(20), epoch(7));
        String declared = Keys.declared(FEED.image(), TARGET);
        Withdrawal moved = new Withdrawal.Moved(new ImageName("ghcr.io/my-org/other"));
        write(Topic.POLICY_DECLARED, declared, null, FROM.minusSeconds(10), moved.headers());
        String newer = new String(encoded(tag("1.1.0", "newer type"), FROM), UTF_8)
                .replace("-discovered.v1", "-discovered.v2");
        write(Topic.TAG_DISCOVERED, unreadable, newer.getBytes(UTF_8), FROM.minusSeconds(5), Map.of());
        write(tag("1.0.0", "first since"), FROM);
        write(tag("1.0.0", "second since"), NOW.minusSeconds(5));
        String tomorrow = new String(encoded(tag("1.2.0", "tomorrow"), NOW), UTF_8)
                .replaceFirst("\\{", "{\"tomorrow\":[1e400,null],");
        write(Topic.TAG_DISCOVERED, Keys.tag(FEED, "1.2.0"), tomorrow.getBytes(UTF_8), NOW, Map.of());

        Path range = folder.resolve("range.jsonl");
        long written = write(export(100).range(ASKED), range);

        try (RangeFile file = RangeFile.open(range)) {
            assertThat(file.manifest().records()).isEqualTo(written);
            assertThat(file.header().from()).isEqualTo(FROM);
            assertThat(file.header().evaluator()).isEqualTo("policy-evaluator/1");
            List<HistoryRecord> tags = records(file, Topic.TAG_DISCOVERED);
            assertThat(tags)
                    .extracting(RangeExportIT::words)
                    .containsExactly(
                            "newest before",
                            "readable",
                            "gone",
                            "newer type",
                            "first since",
                            "second since",
                            "tomorrow");
            assertThat(tags.get(2).epoch()).isEqualTo(7);
            assertThat(new String(tags.getLast().value(), UTF_8)).isEqualTo(tomorrow);
            assertThat(tags.getFirst().at()).isEqualTo(FROM.minusSeconds(50));
            assertThat(records(file, Topic.POLICY_DECLARED))
                    .extracting(HistoryRecord::withdrawal)
                    .containsExactly(moved);
        }
    }

    /** What a transaction wrote that is open when the export begins is waited for; what is aborted never was. */
    @Test
    void onlyWhatIsCommittedAndNothingThatCameLater() throws Exception {
        try (Producer<byte[], byte[]> committed = transactional("committed");
                Producer<byte[], byte[]> aborted = transactional("aborted")) {
            aborted.beginTransaction();
            aborted.send(record(decided("aborted"), NOW)).get();
            aborted.abortTransaction();
            committed.beginTransaction();
            committed.send(record(decided("committed"), NOW)).get();

            RangeExport.Range range = export(100).range(ASKED);
            committed.commitTransaction();
            write(decided("later"), NOW);
            Path file = folder.resolve("range.jsonl");
            write(range, file);

            try (RangeFile read = RangeFile.open(file)) {
                assertThat(records(read, Topic.POLICY_DECIDED))
                        .extracting(record -> ((Event.PolicyDecided)
                                        EventCodec.decode(Objects.requireNonNull(record.value()))
                                                .event())
                                .message())
                        .containsExactly("committed");
            }
        }
    }

    @Test
    void aPartitionWithMoreKeysThanThereIsRoomForIsCut() throws Exception {
        for (int target = 0; target < 5; target++) {
            write(selected("app-" + target), FROM.minusSeconds(1));
        }
        Path file = folder.resolve("range.jsonl");

        assertThatThrownBy(() -> write(export(1).range(ASKED), file)).isInstanceOf(TopicScan.TooMuchException.class);
        assertThatThrownBy(() -> RangeManifest.of(file)).hasMessageContaining("ends after line");
    }

    private static long write(RangeExport.Range range, Path file) throws IOException {
        long records;
        try (OutputStream out = Files.newOutputStream(file)) {
            records = range.write(out);
        }
        RangeManifest.of(file).writeBeside(file);
        return records;
    }

    private static List<HistoryRecord> records(RangeFile file, Topic topic) {
        List<HistoryRecord> found = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            RecordedHistory.Cursor cursor = file.open(new Place(topic, partition));
            for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
                found.add(next.get());
                cursor.advance();
            }
        }
        return found;
    }

    private static String words(HistoryRecord record) {
        if (record.isTombstone()) {
            return "gone";
        }
        return record.reading() instanceof Reading.Known(var envelope, var newer)
                ? ((Event.TagDiscovered) envelope.event()).scan().id()
                : "newer type";
    }

    private static Map<String, String> epoch(long epoch) {
        return Map.of(Publication.Tombstone.EPOCH_HEADER, Long.toString(epoch));
    }

    private static Event tag(String tag, String scan) {
        return new Event.TagDiscovered(FEED, tag, null, new Scan(scan, NOW), Event.Scope.TAG, NOW);
    }

    private static Event selected(String name) {
        Target target = new Target("local", "ImagePolicy", "apps", name);
        return new Event.TagSelected(
                target, FEED.image(), name, List.of(new SelectedTag("1.0.0", null)), List.of(), 1, NOW);
    }

    private static Event decided(String message) {
        return new Event.PolicyDecided(
                TARGET,
                FEED.image().text(),
                Event.DecisionOutcome.KEPT,
                "Reason",
                message,
                List.of(),
                List.of(),
                Event.Trigger.TAG,
                NOW,
                Map.of(),
                "policy-evaluator/1",
                null,
                null,
                null,
                null);
    }

    private static byte[] encoded(Event event, Instant at) {
        return EventCodec.encode(Envelope.first(event, "test", at));
    }

    private static ProducerRecord<byte[], byte[]> record(Event event, Instant at) {
        Envelope<?> envelope = Envelope.first(event, "test", at);
        return record(envelope.type().topic(), envelope.key(), EventCodec.encode(envelope), at, Map.of());
    }

    private static ProducerRecord<byte[], byte[]> record(
            Topic topic, String key, byte @Nullable [] value, Instant at, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        return new ProducerRecord<>(
                topic.topicName(),
                Partitioning.partition(topic, key, PARTITIONS),
                at.toEpochMilli(),
                key.getBytes(UTF_8),
                value,
                all);
    }

    private static void write(Event event, Instant at) throws Exception {
        writer.send(record(event, at)).get();
    }

    private static void write(Topic topic, String key, byte @Nullable [] value, Instant at, Map<String, String> headers)
            throws Exception {
        writer.send(record(topic, key, value, at, headers)).get();
    }

    private static Producer<byte[], byte[]> transactional(String id) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
