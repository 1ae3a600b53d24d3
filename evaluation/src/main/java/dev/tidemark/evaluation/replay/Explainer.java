package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why this tag, and why not that one: answered from the log alone, so any process that reaches the broker can, whoever
 * owns the image. Reads the declarations and one partition of the tags.
 */
public final class Explainer {

    private final RecordedLog log;
    private final InstantSource clock;

    public Explainer(RecordedLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param tag the one asked about; the selected one where none was named
     * @param sentence why the tag is selected, or why not
     * @param decision the newest of the log, with its reasons; null when there is none
     */
    public record Answer(
            Target target,
            String image,
            @Nullable String tag,
            List<SelectedTag> selected,
            String sentence,
            boolean suspended,
            @Nullable PolicyDecided decision) {}

    /**
     * Explains.
     *
     * @param tag null for the one that is selected
     * @return empty for a policy that the log does not declare
     */
    public Optional<Answer> explain(Target target, @Nullable String tag) {
        return declaration(target).map(policy -> answer(policy, tag));
    }

    private Optional<PolicyDeclared> declaration(Target target) {
        Map<String, PolicyDeclared> declared = new HashMap<>();
        for (LoggedRecord record : log.readAll(Topic.POLICY_DECLARED, key -> key.endsWith('|' + target.text()))) {
            if (record.event() != null && record.event().event() instanceof PolicyDeclared policy) {
                declared.put(record.key(), policy);
            } else {
                declared.remove(record.key());
            }
        }
        return declared.values().stream().max((a, b) -> Long.compare(a.sequence(), b.sequence()));
    }

    private Answer answer(PolicyDeclared policy, @Nullable String asked) {
        List<SelectedTag> selected = newest(Topic.TAG_SELECTED, policy.target())
                .filter(TagSelected.class::isInstance)
                .map(event -> ((TagSelected) event).tags())
                .orElse(List.of());
        PolicyDecided decision = (PolicyDecided) newest(Topic.POLICY_DECIDED, policy.target())
                .filter(PolicyDecided.class::isInstance)
                .orElse(null);
        String tag = asked == null && !selected.isEmpty() ? selected.getFirst().tag() : asked;
        String sentence = decision != null && decision.reason().equals(PolicyEvaluation.AWAITING_HAND_OVER)
                ? decision.message()
                : sentence(policy, selected, tag);
        return new Answer(
                policy.target(),
                policy.image().text(),
                tag,
                selected,
                policy.suspended() ? sentence + " (suspended: nothing changes before it is resumed)" : sentence,
                policy.suspended(),
                decision);
    }

    private String sentence(PolicyDeclared policy, List<SelectedTag> selected, @Nullable String tag) {
        return tag == null
                ? "nothing is selected yet"
                : evaluation(policy, selected)
                        .explain(Keys.declared(policy.image(), policy.target()), tag)
                        .orElse("the policy is not declared any more");
    }

    private Optional<Event> newest(Topic topic, Target target) {
        int partition = Partitioning.partition(topic, target.text(), log.partitions());
        List<LoggedRecord> records = log.read(topic, List.of(partition), target.text()::equals);
        Envelope<?> last = records.isEmpty() ? null : records.getLast().event();
        return last == null ? Optional.empty() : Optional.of(last.event());
    }

    /** The policy as it stands over its feed as it stands. While the feed is read again it decides nothing. */
    private PolicyEvaluation evaluation(PolicyDeclared policy, List<SelectedTag> selected) {
        Tables tables = HeapTable.tables();
        PolicyDeclared still = policy.suspend();
        String key = Keys.declared(policy.image(), policy.target());
        tables.declared().put(key, Envelope.first(still, "explain", clock.instant()));
        tables.states()
                .put(
                        key,
                        new PolicyState(policy.name(), selected, List.of(), policy.sequence(), null, null, List.of()));
        PolicyEvaluation evaluation = new PolicyEvaluation(tables, Silence.PUBLISHER, clock, "explain");
        int partition = Partitioning.partition(policy.image(), log.partitions());
        String feed = policy.feed().text();
        log.read(Topic.TAG_DISCOVERED, List.of(partition), k -> isOf(feed, k))
                .forEach(record -> take(evaluation, record));
        log.read(Topic.CONTROL_REQUESTED, List.of(partition), any -> true).forEach(record -> take(evaluation, record));
        return evaluation;
    }

    /** What the log says of a feed, and by whom it counts. */
    private static boolean isOf(String feed, String key) {
        return key.equals(feed)
                || key.startsWith(feed + '|')
                || Keys.claimedPartition(key).isPresent();
    }

    private static void take(PolicyEvaluation evaluation, LoggedRecord record) {
        evaluation.offsetRecorded(record.place(), record.offset());
        if (record.event() != null) {
            evaluation.apply(record.event());
        } else if (record.topic() == Topic.TAG_DISCOVERED) {
            evaluation.forget(record.key(), record.epoch());
        }
    }
}
