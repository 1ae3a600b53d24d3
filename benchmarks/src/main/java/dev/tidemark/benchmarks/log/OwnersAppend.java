package dev.tidemark.benchmarks.log;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What an owner's append costs until a reader of committed records has it: with a fence (a commit of the group's offset)
 * before a plain record, as claims need it, and in a transaction of a producer for the partition, which fences at the
 * broker. Takes a number of appends and the file that gets the result.
 */
public final class OwnersAppend {

    private static final TopicPartition PLACE = new TopicPartition("owned", 0);
    private static final int WARM_UP = 200;

    /** Whoever gives a configuration of his own gets that one. */
    private static final LogClients CLIENTS =
            LogClients.at("none:1", new LogSettings(1, (short) 1, Duration.ofDays(1)));

    private OwnersAppend() {}

    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("tidemark-owners");
        try (var broker = EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false))) {
            Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = CLIENTS.streamsAdmin(config)) {
                admin.createTopics(List.of(new NewTopic(PLACE.topic(), 1, (short) 1)))
                        .all()
                        .get();
            }
            report(arguments[1], "a fence, then the record", fenced(config, count));
            report(arguments[1], "a transaction", transactional(config, count));
        }
    }

    private static long[] fenced(Map<String, Object> config, int count) throws Exception {
        try (var reader = reader(config);
                var member = consumer(with(config, Map.of("group.id", "owner")));
                var producer = producer(with(config, Map.of("linger.ms", 0, "acks", "all")))) {
            member.assign(List.of(PLACE));
            return measured(reader, count, value -> {
                member.commitSync(Map.of(PLACE, new OffsetAndMetadata(0)));
                producer.send(new ProducerRecord<>(PLACE.topic(), 0, null, value))
                        .get();
            });
        }
    }

    private static long[] transactional(Map<String, Object> config, int count) throws Exception {
        try (var reader = reader(config);
                var producer =
                        producer(with(config, Map.of("linger.ms", 0, "acks", "all", "transactional.id", "owned-0")))) {
            producer.initTransactions();
            return measured(reader, count, value -> {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(PLACE.topic(), 0, null, value))
                        .get();
                producer.commitTransaction();
            });
        }
    }

    private interface Append {
        void run(byte[] value) throws Exception;
    }

    private static long[] measured(Consumer<byte[], byte[]> reader, int count, Append append) throws Exception {
        long[] micros = new long[count];
        for (int i = -WARM_UP; i < count; i++) {
            byte[] value = ("a tag " + i).getBytes(StandardCharsets.UTF_8);
            long begin = System.nanoTime();
            append.run(value);
            while (reader.poll(Duration.ofSeconds(10)).isEmpty()) {
                // a marker alone gives nothing
            }
            if (i >= 0) {
                micros[i] = (System.nanoTime() - begin) / 1_000;
            }
        }
        return micros;
    }

    private static void report(String file, String what, long[] micros) throws Exception {
        Arrays.sort(micros);
        int count = micros.length;
        Files.writeString(
                Path.of(file),
                "%s, until it is read, n %d: median %d µs, p90 %d µs, p99 %d µs\n"
                        .formatted(what, count, micros[count / 2], micros[count * 9 / 10], micros[count * 99 / 100]),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static Consumer<byte[], byte[]> reader(Map<String, Object> config) {
        Consumer<byte[], byte[]> reader = consumer(with(config, Map.of("isolation.level", "read_committed")));
        reader.assign(List.of(PLACE));
        reader.seekToEnd(List.of(PLACE));
        reader.position(PLACE);
        return reader;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return CLIENTS.streamsConsumer(config, (longest, paused) -> longest);
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return CLIENTS.streamsProducer(config);
    }

    private static Map<String, Object> with(Map<String, Object> config, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(config);
        all.putAll(more);
        return all;
    }
}
