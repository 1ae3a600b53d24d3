package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.log.LogClients.Membership;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogClientsTest {

    private static final String JAAS = "ScramLoginModule required username=\"u\" password=\"hush\";";

    private static final LogClients CLIENTS = new LogClients(
            new LogSettings(new TopicNames("prod."), 12, (short) 3, Duration.ofDays(30)),
            Map.ofEntries(
                    Map.entry("bootstrap.servers", "broker:9093"),
                    Map.entry("security.protocol", "SASL_SSL"),
                    Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
                    Map.entry("sasl.jaas.config", JAAS),
                    Map.entry("isolation.level", "read_uncommitted"),
                    Map.entry("enable.auto.commit", "true"),
                    Map.entry("key.deserializer", "com.example.Own"),
                    Map.entry("group.id", "everybody"),
                    Map.entry("group.protocol", "consumer"),
                    Map.entry("transactional.id", "everybody"),
                    Map.entry("application.id", "everybody"),
                    Map.entry("acks", "1"),
                    Map.entry("enable.idempotence", "false"),
                    Map.entry("client.rack", "a")),
            new Membership(
                    Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofMillis(500), Optional.of("replica-0")));

    @Test
    void everyClientHasTheInstallationsSettings() {
        assertThat(CLIENTS.readerConfig("c")).containsEntry("security.protocol", "SASL_SSL");
        assertThat(CLIENTS.groupConfig("g", "c")).containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(CLIENTS.writerConfig("c"))
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsKey("sasl.jaas.config");
        assertThat(CLIENTS.streams("app"))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("client.rack", "a");
    }

    @Test
    void whatCorrectnessNeedsIsOurs() {
        assertThat(CLIENTS.readerConfig("c"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("client.id", "c")
                .doesNotContainKeys("group.id", "transactional.id");
        assertThat(CLIENTS.groupConfig("g", "c"))
                .containsEntry("group.id", "prod.g")
                .containsEntry("group.protocol", "classic")
                .containsEntry("session.timeout.ms", 6_000)
                .containsEntry("heartbeat.interval.ms", 2_000);
        assertThat(CLIENTS.writerConfig("c"))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("transactional.id");
        assertThat(CLIENTS.streams("app"))
                .containsEntry("application.id", "prod.app")
                .containsEntry("replication.factor", 3)
                .containsEntry("topic.min.insync.replicas", "2")
                .doesNotContainKeys("group.id", "transactional.id", "key.deserializer");
    }

    @Test
    void nobodyWhoPrintsThemPrintsASecret() {
        assertThat(CLIENTS + " " + CLIENTS.streams("app") + CLIENTS.writerConfig("c") + CLIENTS.settings())
                .contains("broker:9093", "[hidden]")
                .doesNotContain("hush");
    }
}
