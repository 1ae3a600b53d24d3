package dev.tidemark.committer.kafka;

import dev.tidemark.committer.domain.Journal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The log by Kafka. */
public final class KafkaJournal implements Journal {

    private final BranchChannels channels;
    private final TopicScan reader;

    public KafkaJournal(BranchChannels channels, LogClients log) {
        this.channels = channels;
        this.reader = new TopicScan(log, "git-committer-branch-state-restore");
    }

    @Override
    public void publish(Envelope<?> event) {
        channels.publish(event);
    }

    @Override
    public List<BranchState> restore(Collection<Integer> partitions) {
        Map<String, BranchState> newest = new LinkedHashMap<>();
        reader.read(Topic.BRANCH_STATE, partitions, (key, envelope) -> {
            if (envelope != null && envelope.event() instanceof BranchState state) {
                newest.put(key, state);
            } else {
                newest.remove(key);
            }
        });
        return List.copyOf(newest.values());
    }
}
