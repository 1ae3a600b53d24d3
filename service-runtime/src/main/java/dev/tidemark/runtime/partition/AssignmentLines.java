package dev.tidemark.runtime.partition;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says in the log which partitions of a topic come and go.
 *
 * @param next hears it, too
 */
record AssignmentLines(Topic topic, GroupMember.Listener next) implements GroupMember.Listener {

    private static final System.Logger LOG = System.getLogger(AssignmentLines.class.getName());

    @Override
    public void assigned(Set<Integer> partitions) {
        say(Level.INFO, "partitions-assigned", partitions);
        next.assigned(partitions);
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        say(Level.INFO, "partitions-revoked", partitions);
        next.revoked(partitions);
    }

    @Override
    public void lost(Set<Integer> partitions) {
        say(Level.WARNING, "partitions-lost", partitions);
        next.lost(partitions);
    }

    private void say(Level level, String event, Set<Integer> partitions) {
        if (!partitions.isEmpty()) {
            String sorted = partitions.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
            LOG.log(level, LogKeys.line(event, LogKeys.TOPIC, topic.topicName(), LogKeys.PARTITION, sorted));
        }
    }
}
