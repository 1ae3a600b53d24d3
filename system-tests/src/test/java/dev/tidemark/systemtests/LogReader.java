package dev.tidemark.systemtests;

import dev.tidemark.events.Committed;
import dev.tidemark.events.Event;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.systemtests.EndState.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** What the log says, read from its beginning. */
final class LogReader {

    private final LogSettings settings;
    private final LogClients clients;

    LogReader(String bootstrapServers, int partitions) {
        settings = new LogSettings(partitions, (short) 1, Duration.ofDays(30));
        clients = LogClients.at(bootstrapServers, settings);
    }

    /** The commits that {@code update-applied} names. */
    Set<String> applied() {
        Set<String> commits = new HashSet<>();
        read(Topic.UPDATE_APPLIED, event -> {
            if (event instanceof Committed committed) {
                commits.add(committed.commit());
            }
        });
        return commits;
    }

    /** The tags that were ever found. */
    Set<Told> discovered() {
        Set<Told> discovered = new HashSet<>();
        read(Topic.TAG_DISCOVERED, event -> {
            List<String> tags =
                    switch (event) {
                        case Event.TagDiscovered found -> List.of(found.tag());
                        case TagsListed page -> page.tags();
                        case TagsChanged page -> page.added();
                        default -> List.of();
                    };
            if (event instanceof FeedEvent found) {
                String repository = found.feed().image().repository();
                String name = repository.substring(repository.lastIndexOf('/') + 1);
                tags.forEach(tag -> discovered.add(new Told(name, tag)));
            }
        });
        return discovered;
    }

    /** Of the selections of each target, in the order of the log. */
    Map<String, List<Long>> sequences() {
        Map<String, List<Long>> sequences = new TreeMap<>();
        read(Topic.TAG_SELECTED, event -> {
            if (event instanceof Event.TagSelected selected) {
                sequences
                        .computeIfAbsent(selected.target().text(), first -> new ArrayList<>())
                        .add(selected.sequence());
            }
        });
        return sequences;
    }

    /** How many records of all topics were put aside. */
    long deadLetters() {
        List<TopicPartition> letters = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            letters.add(new TopicPartition(settings.deadLetters(topic), 0));
        }
        try (var reader = clients.reader("harness")) {
            return reader.endOffsets(letters).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private void read(Topic topic, Consumer<Event> sink) {
        List<Integer> all = IntStream.range(0, settings.partitions()).boxed().toList();
        new TopicScan(clients, "harness").read(topic, all, (key, envelope) -> {
            if (envelope != null) {
                sink.accept(envelope.event());
            }
        });
    }
}
