package dev.tidemark.runtime.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as we would make it.
 *
 * @param ordered whether the number of its partitions decides what stands where, so that no other will do
 * @param settings by Kafka's names
 */
record PlannedTopic(
        String name, int partitions, boolean ordered, Replication replication, Map<String, String> settings) {

    NewTopic asNew() {
        return new NewTopic(name, partitions, replication.factor()).configs(settings);
    }

    /** What makes it, for who may. */
    String command(String bootstrapServers) {
        List<String> words = new ArrayList<>(List.of(
                "kafka-topics.sh --bootstrap-server " + bootstrapServers,
                "--create --topic " + name,
                "--partitions " + partitions,
                "--replication-factor " + replication.factor()));
        new TreeMap<>(settings).forEach((key, value) -> words.add("--config " + key + '=' + value));
        return String.join(" ", words);
    }
}
