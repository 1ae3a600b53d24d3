package dev.tidemark.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there again, however the broker ended and wherever it listens next. */
class EmbeddedBrokerIT {

    private static final String TOPIC = "facts";

    @TempDir
    Path folder;

    @Test
    void keepsItsLogOverARestartOnOtherPorts() throws Exception {
        try (var broker = EmbeddedBroker.start(settings())) {
            create(broker.bootstrapServers());
            write(broker.bootstrapServers(), "before");
        }
        try (var broker = EmbeddedBroker.start(settings())) {
            write(broker.bootstrapServers(), "after");
            assertThat(read(broker.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    @Test
    void keepsWhatItAcknowledgedWhenKilled() throws Exception {
        BrokerSettings settings = settings();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(settings.port()),
                        Integer.toString(settings.controllerPort()))
                .redirectErrorStream(true)
                .start();
        try {
            awaitReady(process);
            create(settings.bootstrapServers());
            write(settings.bootstrapServers(), "acknowledged");
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (var broker = EmbeddedBroker.start(settings())) {
            write(broker.bootstrapServers(), "goes on");
            assertThat(read(broker.bootstrapServers(), 2)).containsExactly("acknowledged", "goes on");
        }
    }

    @Test
    @Timeout(60)
    void endsTransactionsThatNobodyWillEnd() throws Exception {
        var forgotten = new ArrayList<KafkaProducer<String, String>>();
        try (var broker = EmbeddedBroker.start(settings())) {
            create(broker.bootstrapServers());
            var producer = new KafkaProducer<String, String>(Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "transactional.id", "left-alone",
                    // far longer than this test may take
                    "transaction.timeout.ms", 600_000,
                    "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                    "value.serializer", "org.apache.kafka.common.serialization.StringSerializer"));
            forgotten.add(producer);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", "never committed")).get();
        }
        try (var broker = EmbeddedBroker.start(settings())) {
            write(broker.bootstrapServers(), "after");
            assertThat(read(broker.bootstrapServers(), 1)).containsExactly("after");
        } finally {
            forgotten.forEach(producer -> producer.close(Duration.ZERO));
        }
    }

    /** A slow disk or a cold start: what is sent is kept until its turn has come, and not sent back. */
    @Test
    @Timeout(60)
    void aTransactionWaitsUntilTheOneBeforeItIsComplete() throws Exception {
        BrokerSettings slow = new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), true);
        int partitions = 120;
        try (var broker = EmbeddedBroker.start(slow)) {
            create(broker.bootstrapServers(), partitions);
            try (var producer = new KafkaProducer<String, String>(Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "transactional.id", "one-after-the-other",
                    "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                    "value.serializer", "org.apache.kafka.common.serialization.StringSerializer"))) {
                producer.initTransactions();
                for (int transaction = 0; transaction < 3; transaction++) {
                    producer.beginTransaction();
                    for (int partition = 0; partition < partitions; partition++) {
                        var unused = producer.send(new ProducerRecord<>(TOPIC, partition, "key", "text"));
                    }
                    producer.commitTransaction();
                }
                assertThat(sentAgain(producer)).isZero();
            }
        }
    }

    private static double sentAgain(KafkaProducer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("record-retry-total")
                        && metric.getKey().group().equals("producer-metrics"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    @Test
    void saysWhichFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
        assertThatThrownBy(() -> EmbeddedBroker.start(new BrokerSettings(file.resolve("log"), 1, 2, false)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private BrokerSettings settings() {
        return new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false);
    }

    private static void awaitReady(Process process) throws IOException {
        List<String> said = new ArrayList<>();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("ready")) {
                return;
            }
            said.add(line);
        }
        throw new AssertionError("the broker ended: " + said);
    }

    private static void create(String bootstrapServers) throws Exception {
        create(bootstrapServers, 1);
    }

    private static void create(String bootstrapServers, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void write(String bootstrapServers, String text) throws Exception {
        try (var producer = new KafkaProducer<String, String>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer", "org.apache.kafka.common.serialization.StringSerializer"))) {
            producer.send(new ProducerRecord<>(TOPIC, "key", text)).get();
        }
    }

    private static List<String> read(String bootstrapServers, int expected) {
        List<String> texts = new ArrayList<>();
        try (var consumer = new KafkaConsumer<String, String>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"))) {
            var partition = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            while (texts.size() < expected) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> texts.add(record.value()));
            }
        }
        return texts;
    }
}
