package dev.tidemark.allinone;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * How many partitions the log has. What is asked for counts, which the services compare with what is there; else as many
 * as the log was made with, and in a new state folder one: a single process reads all of them, which more do not make
 * quicker, and while a fetch waits for records of one the client fetches no other.
 */
final class LogPartitions {

    private static final String SETTING = "tidemark.partitions";

    /** The cluster's name and a dot, where nothing else is set. */
    private static final String PREFIX = "tidemark.topic-prefix";

    private LogPartitions() {}

    /** Says it where the services look for it. */
    static void use(Config config, Path kafka) throws IOException {
        if (config.getConfigValue(SETTING).getSourceOrdinal() <= Listen.ORDINAL_OF_DEFAULTS) {
            TopicNames names =
                    new TopicNames(config.getOptionalValue(PREFIX, String.class).orElse(""));
            long found = count(kafka, names.name(Topic.TAG_DISCOVERED));
            if (found > 0) {
                System.setProperty(SETTING, Long.toString(found));
            }
        }
    }

    /** Those of a topic on the disk; none before its first start. Another cluster's topics may lie beside it. */
    static long count(Path kafka, String topic) throws IOException {
        if (!Files.isDirectory(kafka)) {
            return 0;
        }
        Predicate<String> partition =
                Pattern.compile(Pattern.quote(topic) + "-\\d+").asMatchPredicate();
        try (Stream<Path> files = Files.list(kafka)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(partition)
                    .count();
        }
    }
}
