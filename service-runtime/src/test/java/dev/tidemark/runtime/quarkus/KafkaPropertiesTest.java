package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {

    @Test
    void findsWhatIsGivenInFilesAndInTheEnvironmentUnderKafkasNames() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withDefaultValue("kafka.bootstrap.servers", "broker:9093")
                .withDefaultValue("kafka.ssl.truststore.certificates", "-----BEGIN")
                .withDefaultValue("kafkaesque", "no")
                .withDefaultValue("tidemark.kafka.session-timeout-ms", "1")
                .withSources(new EnvConfigSource(
                        Map.of(
                                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                "KAFKA_BOOTSTRAP_SERVERS", "other:9093",
                                "KAFKA_SASL_MECHANISM", "PLAIN"),
                        300))
                .withSources(
                        new PropertiesConfigSource(Map.of("kafka.sasl.mechanism", "SCRAM-SHA-512"), "stronger", 400))
                .build();

        assertThat(KafkaProperties.of(config))
                .isEqualTo(Map.of(
                        "bootstrap.servers", "other:9093",
                        "ssl.truststore.certificates", "-----BEGIN",
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "SCRAM-SHA-512"));
    }
}
