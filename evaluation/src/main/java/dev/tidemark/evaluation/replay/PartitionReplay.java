package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One partition once more. A partition's topics are read independently, so their order among one another is known only
 * from the offsets that each recorded decision names: up to there its inputs are taken in, its trigger last, at its time.
 */
final class PartitionReplay implements DecisionPublisher {

    /** Wake-ups that were recorded come in by themselves; one that is so late was never recorded. */
    private static final Duration TIMER_GRACE = Duration.ofSeconds(5);

    private static final Comparator<PolicyDecided> BY_INPUT = Comparator.<PolicyDecided>comparingLong(
                    decided -> decided.inputs().values().stream()
                            .mapToLong(offset -> offset + 1)
                            .sum())
            .thenComparing(PolicyDecided::decidedAt);

    private final Map<Topic, Deque<LoggedRecord>> inputs = new EnumMap<>(Topic.class);
    private final List<PolicyDecided> recorded;
    private final List<PolicyDecided> replayed = new ArrayList<>();
    private final Map<Target, String> keys = new HashMap<>();
    private final PolicyEvaluation evaluation;
    private Instant now = Instant.EPOCH;

    PartitionReplay(List<LoggedRecord> records, List<PolicyDecided> recorded) {
        records.forEach(record -> inputs.computeIfAbsent(record.topic(), topic -> new ArrayDeque<>())
                .add(record));
        this.recorded = recorded.stream().sorted(BY_INPUT).toList();
        this.evaluation = new PolicyEvaluation(HeapTable.tables(), this, () -> now, "replay");
    }

    List<PolicyDecided> run() {
        for (PolicyDecided decided : recorded) {
            Optional<LoggedRecord> next = nextBefore(decided);
            while (next.isPresent()) {
                boolean last = inputs.values().stream()
                        .noneMatch(queue -> !queue.isEmpty() && isBefore(queue.peek(), decided));
                take(next.get(), last ? decided.decidedAt() : next.get().at());
                next = nextBefore(decided);
            }
            if (decided.trigger() == Trigger.TIMER) {
                now = decided.decidedAt();
                evaluation.wake();
            } else {
                // who was evaluated in a batch, and who would be now and was not then; to be evaluated twice changes
                // nothing
                now = decided.decidedAt();
                Optional.ofNullable(keys.get(decided.target())).ifPresent(evaluation::evaluateDeferred);
            }
        }
        inputs.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparing(LoggedRecord::at))
                .forEach(record -> take(record, record.at()));
        return replayed;
    }

    /** The next input that the decision had read; of the one that triggered it the last stays for the end. */
    private Optional<LoggedRecord> nextBefore(PolicyDecided decided) {
        List<Deque<LoggedRecord>> open = inputs.values().stream()
                .filter(queue -> !queue.isEmpty() && isBefore(queue.peek(), decided))
                .toList();
        return open.stream()
                .filter(queue -> open.size() == 1 || !isTrigger(queue.getFirst(), decided))
                .min(Comparator.comparing(queue -> queue.getFirst().at()))
                .map(Deque::removeFirst);
    }

    private static boolean isBefore(LoggedRecord record, PolicyDecided decided) {
        Long read = decided.inputs().get(record.place());
        return read != null && record.offset() <= read;
    }

    private static boolean isTrigger(LoggedRecord record, PolicyDecided decided) {
        Topic trigger =
                switch (decided.trigger()) {
                    case TAG, SCAN -> Topic.TAG_DISCOVERED;
                    case POLICY -> Topic.POLICY_DECLARED;
                    case CONTROL -> Topic.CONTROL_REQUESTED;
                    case TIMER, BACKLOG -> null;
                };
        Long read = decided.inputs().get(record.place());
        return record.topic() == trigger && read != null && record.offset() == read;
    }

    private void take(LoggedRecord record, Instant at) {
        now = at.minus(TIMER_GRACE);
        if (evaluation.nextWakeup().filter(due -> !due.isAfter(now)).isPresent()) {
            evaluation.wake();
        }
        now = at;
        evaluation.offsetRecorded(record.place(), record.offset());
        if (record.event() != null) {
            if (record.event().event() instanceof Event.PolicyDeclared policy) {
                keys.put(policy.target(), record.key());
            }
            evaluation.apply(record.event());
            evaluation.settle();
        } else if (record.topic() == Topic.POLICY_DECLARED) {
            evaluation.withdraw(record.key(), record.withdrawal());
        } else if (record.topic() == Topic.TAG_DISCOVERED) {
            evaluation.forget(record.key(), record.epoch());
        }
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        if (envelope.event() instanceof PolicyDecided decided) {
            replayed.add(decided);
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}
