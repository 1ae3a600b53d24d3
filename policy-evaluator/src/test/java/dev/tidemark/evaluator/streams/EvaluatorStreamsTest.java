package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.app.EvaluatorConfig;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicNames;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The settings without which a hop takes ten times as long, or a failover a minute. */
class EvaluatorStreamsTest {

    private static final LogClients LOG =
            LogClients.at("broker:9092", new LogSettings(12, (short) 3, Duration.ofDays(30)));

    private static StreamsSettings config(String... values) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(EvaluatorConfig.class);
        for (int i = 0; i < values.length; i += 2) {
            builder.withDefaultValue(values[i], values[i + 1]);
        }
        return builder.build().getConfigMapping(EvaluatorConfig.class);
    }

    @Test
    void theLargestEventFitsIntoWhatStreamsWritesAndKeeps() {
        assertThat(EvaluatorStreams.properties(config(), LOG))
                .containsEntry("producer.max.request.size", RecordLimits.EVENT_BYTES)
                .containsEntry("topic.max.message.bytes", RecordLimits.EVENT_BYTES);
    }

    @Test
    void aHopTakesMillisecondsAndHappensOnce() {
        Properties settings = EvaluatorStreams.properties(config(), LOG);

        assertThat(settings)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", 1_000L)
                .containsEntry("poll.ms", 1_000L)
                .containsEntry("consumer.internal.leave.group.on.close", true)
                .containsEntry("producer.linger.ms", 0)
                .containsEntry("statestore.cache.max.bytes", 0)
                .containsEntry("replication.factor", 3);
    }

    @Test
    void aDeadReplicaIsReplacedInSeconds() {
        Properties settings = EvaluatorStreams.properties(config(), LOG);

        assertThat(settings)
                .containsEntry("producer.transaction.timeout.ms", 15_000)
                .containsEntry("main.consumer.session.timeout.ms", 6_000)
                .containsEntry("main.consumer.heartbeat.interval.ms", 500)
                .doesNotContainKey("main.consumer.group.instance.id");
    }

    @Test
    void aReplicaThatKeepsItsNameKeepsItsPartitionsOverAQuickRestart() {
        LogClients named = new LogClients(
                LOG.settings(),
                Map.of("bootstrap.servers", "broker:9092"),
                new LogClients.Membership(
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Optional.of("evaluator-0")));

        assertThat(EvaluatorStreams.properties(config(), named))
                .containsEntry("main.consumer.group.instance.id", "evaluator-0");
    }

    @Test
    void connectsAsTheInstallationSaysUnderTheNameOfItsCluster() {
        var secured = new LogClients(
                new LogSettings(new TopicNames("prod."), 12, (short) 3, Duration.ofDays(30)),
                Map.of(
                        "bootstrap.servers", "broker:9093",
                        "security.protocol", "SASL_SSL",
                        "acks", "1",
                        "auto.offset.reset", "latest"),
                LogClients.Membership.DEFAULT);

        assertThat(EvaluatorStreams.properties(config(), secured))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("application.id", "prod.policy-evaluator")
                .as("what loses nothing is ours")
                .containsEntry("producer.acks", "all")
                .containsEntry("consumer.auto.offset.reset", "earliest");
    }
}
