package dev.tidemark.runtime.quarkus;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * Kafka's own settings of the installation: everything below {@code kafka.}, wherever it is given, under the names that
 * the channels' connector reads, too.
 */
final class KafkaProperties {

    private static final String PREFIX = "kafka.";

    private KafkaProperties() {}

    /** By Kafka's names, for example {@code security.protocol}. */
    static Map<String, String> of(Config config) {
        Map<String, String> found = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            // KAFKA_SECURITY_PROTOCOL: no setting of Kafka has an underscore
            String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(PREFIX)) {
                // by its dotted name first: of several sources the strongest counts
                config.getOptionalValue(dotted, String.class)
                        .or(() -> config.getOptionalValue(name, String.class))
                        .ifPresent(value -> found.put(dotted.substring(PREFIX.length()), value));
            }
        }
        return found;
    }
}
