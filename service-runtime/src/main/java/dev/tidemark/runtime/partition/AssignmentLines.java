package dev.tidemark.runtime.partition;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in the log which partitions of a topic come and go. */
record AssignmentLines(Topic topic) {

    private static final System.Logger LOG = System.getLogger(AssignmentLines.class.getName());

    void say(Level level, String event, Set<Integer> partitions) {
        if (!partitions.isEmpty()) {
            String sorted = partitions.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
            LOG.log(level, LogKeys.line(event, LogKeys.TOPIC, topic.topicName(), LogKeys.PARTITION, sorted));
        }
    }
}
