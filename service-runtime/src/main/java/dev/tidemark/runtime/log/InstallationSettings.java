package dev.tidemark.runtime.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/**
 * Kafka's own settings as the installation gives them to every client. What is secret in them is so for whoever prints
 * them, too.
 */
final class InstallationSettings {

    /** What belongs to one client and would be wrong for another. */
    private static final Set<String> OF_ONE_CLIENT = Set.of(
            CommonClientConfigs.CLIENT_ID_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG,
            CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            "application.id");

    private static final Set<String> SECRET = Stream.of(
                    ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
            .flatMap(definition -> definition.configKeys().values().stream())
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map((ConfigKey key) -> key.name)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Object> values;

    private InstallationSettings(Map<String, Object> values) {
        this.values = values;
    }

    static InstallationSettings of(Map<String, String> given) {
        Map<String, Object> values = new HashMap<>();
        given.forEach((key, value) -> {
            if (!OF_ONE_CLIENT.contains(key)) {
                values.put(key, SECRET.contains(key) ? new Password(value) : value);
            }
        });
        return new InstallationSettings(Map.copyOf(values));
    }

    /** Text, and {@link Password} where Kafka calls it one. */
    Map<String, Object> values() {
        return values;
    }

    String bootstrapServers() {
        return String.valueOf(values.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }
}
