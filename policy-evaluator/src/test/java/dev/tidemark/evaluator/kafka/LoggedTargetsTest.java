package dev.tidemark.evaluator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluator.domain.TargetHistory;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.InMemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoggedTargetsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ImageName OLD = new ImageName("ghcr.io/my-org/old");
    private static final ImageName NEW = new ImageName("ghcr.io/my-org/new");
    private static final Target APP = new Target("local", "ImagePolicy", "apps", "app");
    private static final Target OTHER = new Target("local", "ImagePolicy", "apps", "other");

    private final InMemoryLog log = new InMemoryLog(3);

    private void declare(Target target, ImageName image, long sequence) {
        log.append(
                new Event.PolicyDeclared(
                        image,
                        target,
                        new Feed(image, ""),
                        image.text(),
                        new PolicyRule.Semver("*"),
                        new TagFilter("", ""),
                        "Never",
                        List.of(),
                        Map.of(),
                        "uid",
                        "1",
                        sequence,
                        false),
                NOW);
    }

    private void select(Target target, long sequence) {
        log.append(
                new Event.TagSelected(
                        target, OLD, OLD.text(), List.of(new SelectedTag("1", null)), List.of(), sequence, NOW),
                NOW);
    }

    private Map<Target, TargetHistory> histories() {
        return new LoggedTargets(log.clients()).of(Set.of(APP));
    }

    @Test
    void aTargetThatNobodyEverDeclaredHasNoHistory() {
        declare(OTHER, OLD, 3);
        select(OTHER, 8);

        assertThat(histories()).isEmpty();
    }

    @Test
    void tellsWhoDeclaresItAndTheHighestSequences() {
        declare(APP, OLD, 2);
        declare(APP, NEW, 5);
        select(APP, 7);
        select(APP, 6);

        assertThat(histories()).containsEntry(APP, new TargetHistory(Map.of(OLD, 2L, NEW, 5L), Set.of(), 5, 7));
    }

    @Test
    void aTombstoneDoesNotHideWhatWasBefore() {
        declare(APP, OLD, 4);
        select(APP, 7);
        log.tombstone(Topic.POLICY_DECLARED, Keys.declared(OLD, APP), new Withdrawal.Deleted().headers());
        log.tombstone(Topic.TAG_SELECTED, APP.text(), Map.of());

        assertThat(histories()).containsEntry(APP, new TargetHistory(Map.of(), Set.of(OLD), 4, 7));
    }

    @Test
    void whoeverGaveItAwayDoesNotHoldIt() {
        declare(APP, OLD, 4);
        log.tombstone(Topic.POLICY_DECLARED, Keys.declared(OLD, APP), new Withdrawal.Moved(NEW).headers());

        assertThat(histories()).containsEntry(APP, new TargetHistory(Map.of(), Set.of(), 4, 0));
    }

    @Test
    void whatABranchRemembersCountsToo() {
        log.append(
                new Event.BranchState(
                        Branch.parse("git.example/org/fleet#main"),
                        "c0ffee",
                        Map.of(APP.text(), new Event.Written("1", 12)),
                        null,
                        null,
                        null),
                NOW);

        assertThat(histories()).containsEntry(APP, new TargetHistory(Map.of(), Set.of(), 0, 12));
    }
}
