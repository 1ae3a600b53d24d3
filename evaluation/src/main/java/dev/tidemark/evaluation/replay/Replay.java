package dev.tidemark.evaluation.replay;

import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Decides the recorded history once more and compares: the same inputs must come to the same decisions. */
public final class Replay {

    private final RecordedLog log;

    public Replay(RecordedLog log) {
        this.log = log;
    }

    /**
     * What a replay came to.
     *
     * @param decisions how many recorded decisions were compared
     */
    public record Result(Instant since, int decisions, List<Difference> differences) {}

    /** Where the two part. Null where the other has a decision and this has none. */
    public record Difference(
            String target,
            @org.jspecify.annotations.Nullable PolicyDecided recorded,
            @org.jspecify.annotations.Nullable PolicyDecided replayed) {}

    /** Replays everything that the log holds and compares what was decided since the instant. */
    public Result since(Instant since) {
        List<PolicyDecided> recorded = log.readAll(Topic.POLICY_DECIDED, any -> true).stream()
                .filter(record -> record.event() != null)
                .map(record -> (PolicyDecided) record.event().event())
                .toList();
        List<Difference> differences = new ArrayList<>();
        IntStream.range(0, log.partitions())
                .forEach(partition -> differences.addAll(partition(partition, recorded, since)));
        long compared =
                recorded.stream().filter(d -> !d.decidedAt().isBefore(since)).count();
        return new Result(since, (int) compared, List.copyOf(differences));
    }

    private List<Difference> partition(int partition, List<PolicyDecided> recorded, Instant since) {
        List<PolicyDecided> here = recorded.stream()
                .filter(decided -> decided.inputs().keySet().stream().anyMatch(place -> isOf(place, partition)))
                .toList();
        List<LoggedRecord> inputs = new ArrayList<>();
        for (Topic topic : List.of(
                Topic.TAG_DISCOVERED, Topic.POLICY_DECLARED, Topic.POLICY_HANDED_OVER, Topic.CONTROL_REQUESTED)) {
            inputs.addAll(log.read(topic, List.of(partition), any -> true));
        }
        List<PolicyDecided> replayed = new PartitionReplay(inputs, here).run();
        return Comparison.differences(here, replayed, since);
    }

    private static boolean isOf(String place, int partition) {
        return place.substring(place.lastIndexOf('-') + 1).equals(Integer.toString(partition));
    }
}
