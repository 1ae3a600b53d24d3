package dev.tidemark.allinone;

import dev.tidemark.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Of the properties within the application; whatever a person sets ranks higher. */
    private static final int ORDINAL_OF_DEFAULTS = 250;

    /** A topic's partition on the disk, whatever prefix its name has. */
    private static final Pattern PARTITION =
            Pattern.compile("([A-Za-z0-9._-]*[._-])?" + Pattern.quote(Topic.TAG_DISCOVERED.topicName()) + "-\\d+");

    private LogPartitions() {}

    /** Says it where the services look for it. */
    static void use(Config config, Path kafka) throws IOException {
        if (config.getConfigValue(SETTING).getSourceOrdinal() <= ORDINAL_OF_DEFAULTS) {
            long found = count(kafka);
            if (found > 0) {
                System.setProperty(SETTING, Long.toString(found));
            }
        }
    }

    /** Those of a log on the disk; none before its first start. */
    static long count(Path kafka) throws IOException {
        if (!Files.isDirectory(kafka)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(kafka)) {
            return files.filter(file ->
                            PARTITION.matcher(file.getFileName().toString()).matches())
                    .count();
        }
    }
}
