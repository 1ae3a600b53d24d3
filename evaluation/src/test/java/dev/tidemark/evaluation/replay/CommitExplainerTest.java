package dev.tidemark.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.replay.CommitExplainer.Answer;
import dev.tidemark.evaluation.replay.CommitStory.Discovery;
import dev.tidemark.evaluation.replay.CommitStory.Origin;
import dev.tidemark.evaluation.replay.CommitStory.Stage;
import dev.tidemark.evaluation.replay.CommitStory.Step;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Change;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagDiscovered;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Reading;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a commit to what began it, over a history that a test makes. */
class CommitExplainerTest {

    private static final int PARTITIONS = 4;
    private static final Feed OTHER = Feed.parse("ghcr.io/my-org/other#");
    private static final Branch BRANCH = Branch.parse("git.example/org/fleet#main");
    private static final String SHA = "8f14e45fceea167a5a36dedd4bea2543b14a0a5d";
    private static final String NEIGHBOUR = "8f14e45a" + "0".repeat(32);
    private static final Change CHANGE =
            new Change("apps.yaml", "ghcr.io/my-org/my-app:1.0.0", "…:1.1.0", "apps:my-app");

    private final Past past = new Past(PARTITIONS);

    @BeforeEach
    void twoPoliciesHaveSelected() {
        past.write(past.policy(Past.FEED, "my-app", "1.x", Map.of()));
        past.write(past.policy(OTHER, "other", "*", Map.of()));
        past.listed(Past.FEED, "1.0.0");
        past.pass(Duration.ofMinutes(1));
    }

    @Test
    void aCommitLeadsToTheWebhookThatBeganIt() {
        var notified = notified();
        past.pass(Duration.ofMillis(9));
        discovered(notified, "1.1.0");
        Envelope<?> selected = selected("my-app");
        past.pass(Duration.ofMillis(80));
        committed(selected, SHA, Map.of(selected.key(), 2L));

        CommitStory story = explained(SHA);

        assertThat(story.automation()).isEqualTo("apps/fleet");
        assertThat(story.branch()).isEqualTo(BRANCH);
        assertThat(story.changes()).containsExactly(CHANGE);
        assertThat(story.forgotten()).isEmpty();
        Origin origin = story.origins().getFirst();
        assertThat(story.origins()).hasSize(1);
        assertThat(origin.target().name()).isEqualTo("my-app");
        assertThat(origin.tags()).containsExactly(new SelectedTag("1.1.0", null));
        assertThat(origin.previous()).containsExactly(new SelectedTag("1.0.0", null));
        assertThat(origin.why()).contains("resolved to 1.1.0");
        assertThat(origin.reason()).isEqualTo("Succeeded");
        assertThat(origin.trigger()).isEqualTo(Trigger.TAG);
        assertThat(origin.discovery())
                .isEqualTo(new Discovery(
                        Discovery.Way.WEBHOOK,
                        "apps/receiver",
                        "registry-watcher",
                        notified.time().plusMillis(9)));
        assertThat(origin.steps())
                .containsExactly(
                        new Step(Stage.NOTIFIED, notified.time()),
                        new Step(Stage.DISCOVERED, notified.time().plusMillis(9)),
                        new Step(Stage.SELECTED, notified.time().plusMillis(9)),
                        new Step(Stage.PUSHED, notified.time().plusMillis(89)));
    }

    @Test
    void aScanIsSaidToBeOne() {
        Envelope<?> selected = selected("my-app");
        committed(selected, SHA, Map.of(selected.key(), 1L));

        Origin origin = explained(SHA).origins().getFirst();

        assertThat(Objects.requireNonNull(origin.discovery()).way()).isEqualTo(Discovery.Way.SCAN);
        assertThat(origin.trigger()).isEqualTo(Trigger.SCAN);
        assertThat(origin.steps()).extracting(Step::stage).doesNotContain(Stage.NOTIFIED);
    }

    /** The newest is not what an older commit was made from. */
    @Test
    void eachSelectionIsTheOneThatTheCommitNames() {
        past.listed(OTHER, "7.0.0");
        past.pushed(Past.FEED, "1.1.0");
        past.pass(Duration.ofMinutes(1));
        past.pushed(Past.FEED, "1.2.0");
        committed(
                selected("other"),
                SHA,
                Map.of(selected("my-app").key(), 2L, selected("other").key(), 1L));

        assertThat(explained(SHA).origins())
                .extracting(origin ->
                        origin.target().name() + ' ' + origin.tags().getFirst().tag())
                .containsExactly("my-app 1.1.0", "other 7.0.0");
        assertThat(explained(SHA).origins()).allSatisfy(origin -> assertThat(origin.why())
                .contains(origin.tags().getFirst().tag()));
    }

    @Test
    void whatTheLogHasForgottenIsNamed() {
        String gone = "local/ImagePolicy/apps/gone";
        committed(selected("my-app"), SHA, Map.of(gone, 4L, selected("my-app").key(), 1L));

        assertThat(explained(SHA).forgotten()).containsExactly(gone);
        assertThat(explained(SHA).origins()).hasSize(1);
    }

    @Test
    void aCommitThatAnOlderCommitterRecordedLeadsToItsCause() {
        Envelope<?> selected = selected("my-app");
        record(selected, new Committed(BRANCH, "apps/fleet", SHA, "m", List.of(CHANGE), List.of()));

        assertThat(explained(SHA).origins())
                .extracting(origin -> origin.target().text())
                .containsExactly(selected.key());
    }

    /** By who paused, and by who found it at the remote. */
    @Test
    void aCommitThatWasRecordedTwiceIsToldWithItsChanges() {
        Envelope<?> selected = selected("my-app");
        record(selected, new Committed(BRANCH, "apps/fleet", SHA, "m", List.of(), List.of()));
        committed(selected, SHA, Map.of(selected.key(), 1L));
        record(selected, new Committed(BRANCH, "apps/fleet", SHA, "m", List.of(), List.of()));

        assertThat(explained(SHA).changes()).containsExactly(CHANGE);
    }

    @Test
    void anAbbreviationIsEnoughWhereItIsOnlyOnes() {
        Envelope<?> selected = selected("my-app");
        committed(selected, SHA, Map.of(selected.key(), 1L));
        committed(selected, NEIGHBOUR, Map.of(selected.key(), 1L));

        assertThat(explained("8F14E45F").commit()).isEqualTo(SHA);
        assertThat(explain("8f14e45")).isEqualTo(new Answer.Ambiguous(List.of(NEIGHBOUR, SHA)));
        assertThat(explain("8f14e46")).isEqualTo(new Answer.Unknown());
        assertThat(explain("8f1")).isEqualTo(new Answer.Malformed());
        assertThat(explain("main")).isEqualTo(new Answer.Malformed());
        assertThat(explain(SHA + "0")).isEqualTo(new Answer.Malformed());
    }

    private Envelope<RegistryNotified> notified() {
        var notified = Envelope.first(
                new RegistryNotified(Past.FEED.image(), "apps/receiver", List.of(), "1.1.0"),
                "registry-watcher",
                past.now());
        past.record(notified);
        return notified;
    }

    private void discovered(Envelope<?> cause, String tag) {
        Event found = new TagDiscovered(Past.FEED, tag, null, past.scan(null), Scope.TAG, past.now());
        past.write(cause.causes(found, "registry-watcher", past.now()));
    }

    private void committed(Envelope<?> cause, String sha, Map<String, Long> selections) {
        record(cause, new Committed(BRANCH, "apps/fleet", sha, "m", List.of(CHANGE), List.of(), null, selections));
    }

    private void record(Envelope<?> cause, Committed committed) {
        past.record(cause.causes(committed, "git-committer", past.now()));
    }

    /** The newest of a policy. */
    private Envelope<?> selected(String name) {
        return past.records().stream()
                .filter(record -> record.topic() == Topic.TAG_SELECTED)
                .<Envelope<?>>map(record -> logged(record).event())
                .filter(envelope ->
                        ((TagSelected) envelope.event()).target().name().equals(name))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private CommitStory explained(String id) {
        Answer answer = explain(id);
        assertThat(answer).isInstanceOf(Answer.Explained.class);
        return ((Answer.Explained) answer).story();
    }

    private Answer explain(String id) {
        return new CommitExplainer(new Recorded()).explain(id);
    }

    private static LoggedRecord logged(HistoryRecord record) {
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                ((Reading.Known) record.reading()).envelope(),
                record.withdrawal(),
                record.epoch());
    }

    /** The past as a log, which hands over what it is asked for and nothing else. */
    private final class Recorded implements RecordedLog {

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public List<LoggedRecord> read(Topic topic, Collection<Integer> partitions, Predicate<String> keys) {
            return past.records().stream()
                    .filter(record -> record.topic() == topic && partitions.contains(record.partition()))
                    .filter(record -> keys.test(record.key()))
                    .map(CommitExplainerTest::logged)
                    .toList();
        }

        @Override
        public void each(
                Topic topic, Collection<Integer> partitions, Predicate<String> keys, Consumer<LoggedRecord> reader) {
            read(topic, partitions, keys).forEach(reader);
        }
    }
}
