package dev.tidemark.runtime.log;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;

/**
 * Where clients with OAUTHBEARER may get their tokens. Kafka wants each place in a system property beside its setting,
 * against settings that come from elsewhere; here both are the installation's.
 */
public final class TokenPlaces {

    private static final List<String> FILES = List.of(
            SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE,
            SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
            SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE);

    private TokenPlaces() {}

    /**
     * Allows the places that the settings name; what the property says already stays.
     *
     * @param kafka Kafka's own settings of the installation
     * @param system the properties of this process
     */
    public static void allow(Map<String, String> kafka, Properties system) {
        List<String> files = new ArrayList<>();
        String endpoint = kafka.getOrDefault(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, "");
        if (!endpoint.isEmpty()) {
            add(system, BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, List.of(endpoint));
            if (endpoint.startsWith("file:")) {
                files.add(Path.of(URI.create(endpoint)).toString());
            }
        }
        FILES.stream().filter(kafka::containsKey).map(kafka::get).forEach(files::add);
        add(system, BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_FILES_CONFIG, files);
    }

    private static void add(Properties system, String property, List<String> places) {
        if (places.isEmpty()) {
            return;
        }
        TreeSet<String> all = new TreeSet<>(places);
        for (String before : system.getProperty(property, "").split(",", -1)) {
            if (!before.isBlank()) {
                all.add(before.strip());
            }
        }
        system.setProperty(property, String.join(",", all));
    }
}
