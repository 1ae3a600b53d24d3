package dev.tidemark.testkit.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The environment variables that mean something to a service: a name that is misspelt in a manifest has no effect. */
public final class KnownVariables {

    /** Those of the framework that our manifests use, as its guides write them. */
    private static final Set<String> OF_THE_FRAMEWORK = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_HTTP_HOST_ENABLED",
            "QUARKUS_HTTP_PORT",
            "QUARKUS_LOG_CONSOLE_ENABLED",
            "QUARKUS_LOG_FILE_ENABLED",
            "QUARKUS_MANAGEMENT_HOST",
            "QUARKUS_MANAGEMENT_PORT");

    private static final Set<String> OF_THE_JVM = Set.of("JAVA_TOOL_OPTIONS", "MALLOC_ARENA_MAX");

    private final Set<String> names = new TreeSet<>();

    private KnownVariables() {}

    /** Our settings as the sources below a root have them, Kafka's, and what manifests use of the framework. */
    public static KnownVariables below(Path root) throws IOException {
        KnownVariables known = new KnownVariables();
        SettingsReader.below(root).forEach(setting -> known.names.add(setting.environmentVariable()));
        Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames())
                .flatMap(Set::stream)
                .forEach(name ->
                        known.names.add("KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT)));
        known.names.addAll(OF_THE_FRAMEWORK);
        known.names.addAll(OF_THE_JVM);
        return known;
    }

    /** Those that nobody reads. */
    public List<String> unknownOf(Collection<String> variables) {
        return variables.stream().filter(name -> !names.contains(name)).toList();
    }
}
