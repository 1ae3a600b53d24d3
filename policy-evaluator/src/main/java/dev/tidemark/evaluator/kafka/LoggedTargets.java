package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluator.domain.TargetHistory;
import dev.tidemark.evaluator.reconcile.TargetHistories;
import dev.tidemark.events.Event;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What the log says of targets: who declares them, what was selected for them, and what branches remember of that longer
 * than the log does.
 */
public record LoggedTargets(LogClients log) implements TargetHistories {

    private static final String NAME = "policy-evaluator-histories";

    @Override
    public Map<Target, TargetHistory> of(Set<Target> targets) {
        Map<Target, TargetHistory> histories = new HashMap<>();
        scan(
                Topic.POLICY_DECLARED,
                key -> Keys.parseDeclared(key)
                        .filter(one -> targets.contains(one.target()))
                        .isPresent(),
                record -> Keys.parseDeclared(record.key())
                        .ifPresent(one -> change(
                                histories,
                                one.target(),
                                history -> record.envelope() != null
                                                && record.envelope().event() instanceof Event.PolicyDeclared policy
                                        ? history.declared(one.image(), policy.sequence())
                                        : history.withdrawn(one.image(), Withdrawal.of(record.headers())))));
        Map<String, Target> byText = new HashMap<>();
        targets.forEach(target -> byText.put(target.text(), target));
        scan(Topic.TAG_SELECTED, byText::containsKey, record -> {
            if (record.envelope() != null && record.envelope().event() instanceof Event.TagSelected selected) {
                change(histories, selected.target(), history -> history.selected(selected.sequence()));
            }
        });
        scan(Topic.BRANCH_STATE, any -> true, record -> {
            if (record.envelope() != null && record.envelope().event() instanceof Event.BranchState state) {
                byText.forEach((text, target) -> {
                    Event.Written written = state.written().get(text);
                    if (written != null) {
                        change(histories, target, history -> history.selected(written.sequence()));
                    }
                });
            }
        });
        return histories;
    }

    private void scan(Topic topic, Predicate<String> keys, Consumer<LogRecord> sink) {
        // nothing is kept but the newest of what was asked for
        new TopicScan(log, NAME)
                .scan(
                        topic,
                        IntStream.range(0, log.settings().partitions()).boxed().toList(),
                        keys,
                        sink);
    }

    private static void change(
            Map<Target, TargetHistory> histories, Target target, UnaryOperator<TargetHistory> change) {
        histories.put(target, change.apply(histories.getOrDefault(target, TargetHistory.NONE)));
    }
}
