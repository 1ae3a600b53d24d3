package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider exports is one complete value: cases 03, 04 and 05. */
class ProviderTopologyTest {

    private static final PolicyRule LATEST_TWO = new PolicyRule.TagList(null, null, ">=1.0.0", 2, Map.of());

    @TempDir
    Path folder;

    private Evaluation evaluation;
    private long sequence;
    private int second;

    @BeforeEach
    void start() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    /** Declares the provider of a case as its manifest says. */
    private Feed declareCase(String number, String requestedAt) {
        Event.PolicyDeclared declared =
                Manifests.ofCase(number).declared().getFirst().withSequence(++sequence);
        evaluation.write(Evaluation.annotated(
                declared, requestedAt.isEmpty() ? Map.of() : Map.of("reconcile.fluxcd.io/requestedAt", requestedAt)));
        return declared.feed();
    }

    private void scanned(Feed feed, String... tags) {
        Scan scan = Evaluation.scan(++second);
        for (String tag : tags) {
            evaluation.write(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, evaluation.now()));
        }
        evaluation.write(new Event.ScanCompleted(feed, scan, tags.length, tags.length, 0, "checksum"));
    }

    private void reported(Feed feed, String tag, String digest) {
        evaluation.write(
                new Event.TagDiscovered(feed, tag, digest, Evaluation.scan(++second), Scope.TAG, evaluation.now()));
    }

    private List<List<SelectedTag>> exports() {
        return evaluation.read(Topic.TAG_SELECTED).stream()
                .map(record -> ((Event.TagSelected) record.value.event()).tags())
                .toList();
    }

    @Test
    void everyTagOfTheListHasItsDigest() {
        Feed feed = declareCase("03", "");
        scanned(feed, "1.0.0", "1.1.0", "1.2.0", "1.3.0");
        assertThat(evaluation.checks()).containsExactly("1.3.0 DIGEST_ONCE", "1.2.0 DIGEST_ONCE", "1.1.0 DIGEST_ONCE");

        reported(feed, "1.1.0", "sha256:11");
        reported(feed, "1.3.0", "sha256:13");
        assertThat(exports()).isEmpty();
        assertThat(evaluation.said()).last().asString().startsWith("AwaitingDigests: the new list of 3 tags waits");

        reported(feed, "1.2.0", "sha256:12");
        assertThat(exports())
                .containsExactly(List.of(
                        new SelectedTag("1.3.0", "sha256:13"),
                        new SelectedTag("1.2.0", "sha256:12"),
                        new SelectedTag("1.1.0", "sha256:11")));
    }

    @Test
    void aMovingTagIsFollowedAtEachPollAndWhenSomebodyAsks() {
        Feed feed = declareCase("04", "");
        scanned(feed, "latest");
        reported(feed, "latest", "sha256:aa");
        assertThat(exports()).containsExactly(List.of(new SelectedTag("latest", "sha256:aa")));
        assertThat(wanted())
                .containsExactly(
                        new Event.TagCheckWanted(feed, "latest", CheckPurpose.DIGEST_ONCE, null),
                        new Event.TagCheckWanted(feed, "latest", CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(15)));

        declareCase("04", "2026-11-26T12:00:00Z");
        assertThat(wanted())
                .containsExactly(
                        new Event.TagCheckWanted(feed, "latest", CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(15)));

        reported(feed, "latest", "sha256:bb");
        assertThat(exports()).containsExactly(List.of(new SelectedTag("latest", "sha256:bb")));
        assertThat(wanted()).isEmpty();
    }

    @Test
    void aNewTagIsExportedWithItsDigestOrNotAtAll() {
        Feed feed = declareCase("05", "");
        scanned(feed, "1.0.0");
        reported(feed, "1.0.0", "sha256:10");
        scanned(feed, "1.1.0");
        evaluation.restart();
        reported(feed, "1.1.0", "sha256:11");
        scanned(feed, "1.2.0");
        reported(feed, "1.2.0", "sha256:12");

        assertThat(exports())
                .containsExactly(
                        List.of(new SelectedTag("1.1.0", "sha256:11")), List.of(new SelectedTag("1.2.0", "sha256:12")));
    }

    @Test
    void aTagThatIsGoneBeforeItsDigestIsToldMakesRoomForTheNext() {
        evaluation.declare(LATEST_TWO);
        scanned(Evaluation.FEED, "1.0.0", "1.1.0", "1.2.0");
        reported(Evaluation.FEED, "1.1.0", "sha256:11");

        evaluation.gone(++second, "1.2.0");
        reported(Evaluation.FEED, "1.0.0", "sha256:10");

        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0", "1.0.0"));
        assertThat(evaluation.checks()).contains("1.2.0 -", "1.0.0 DIGEST_ONCE");
    }

    @Test
    void aDigestThatWasToldLongAgoIsAskedForAgain() {
        evaluation.declare(LATEST_TWO);
        scanned(Evaluation.FEED, "1.0.0");
        reported(Evaluation.FEED, "1.0.0", "sha256:10");
        reported(Evaluation.FEED, "0.9.0", "sha256:09");
        evaluation.selections();
        evaluation.pass(Duration.ofHours(1));

        evaluation.declare(new PolicyRule.TagList(null, null, ">=0.0.0", 2, Map.of()));
        assertThat(evaluation.selections()).isEmpty();

        reported(Evaluation.FEED, "0.9.0", "sha256:99");
        assertThat(exports())
                .containsExactly(List.of(new SelectedTag("1.0.0", "sha256:10"), new SelectedTag("0.9.0", "sha256:99")));
    }

    @Test
    void whichDigestIsMissingIsSaidWhenTheRegistryTakesLong() {
        evaluation.declare(LATEST_TWO);
        scanned(Evaluation.FEED, "1.0.0", "1.1.0");
        evaluation.said();

        reported(Evaluation.FEED, "1.1.0", "sha256:11");
        assertThat(evaluation.said()).isEmpty();
        evaluation.pass(Duration.ofMinutes(2));

        assertThat(evaluation.said())
                .containsExactly(
                        "AwaitingDigests: the new list of 2 tags waits: the registry has not reported the digest of"
                                + " 1.0.0 yet, it is asked again and again");
    }

    @Test
    void aListThatIsReadAnewKeepsItsDigests() {
        evaluation.declare(LATEST_TWO);
        scanned(Evaluation.FEED, "1.0.0");
        reported(Evaluation.FEED, "1.0.0", "sha256:10");
        evaluation.selections();
        evaluation.said();

        scanned(Evaluation.FEED, "1.0.0");

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).noneMatch(said -> said.startsWith("AwaitingDigests"));
    }

    private List<Event> wanted() {
        return evaluation.read(Topic.TAG_CHECK_WANTED).stream()
                .map(record -> record.value)
                .<Event>map(Envelope::event)
                .toList();
    }

    /** As many as a filter lets through, with names as long as a registry takes: bounded by construction. */
    @Test
    void tenThousandTagsWithDigestsGoThrough() {
        Evaluator evaluator = new Evaluator();
        evaluator.apply(Evaluation.declared(
                Evaluation.POLICY, Evaluation.FEED, new PolicyRule.TagList(null, null, null, 10_000, Map.of()), 1));
        Scan scan = new Scan("scan", Evaluation.NOON);
        for (int i = 0; i < 10_000; i++) {
            String digest = "sha256:" + "%064d".formatted(i);
            String tag = "%0128d".formatted(i);
            evaluator.apply(new Event.TagDiscovered(Evaluation.FEED, tag, digest, scan, Scope.SCAN, Evaluation.NOON));
        }
        evaluator.apply(new Event.ScanCompleted(Evaluation.FEED, scan, 10_000, 10_000, 0, "checksum"));
        for (int turn = 0; turn < 10; turn++) {
            evaluator.evaluation.nextBatch();
        }

        assertThat(evaluator.selected).isEqualTo(10_000);
        assertThat(evaluator.largestDecision).isLessThan(20_000);
    }

    /** An evaluation without stores that encodes what it writes. */
    private static final class Evaluator implements DecisionPublisher {
        private final PolicyEvaluation evaluation =
                new PolicyEvaluation(HeapTable.tables(), this, () -> Evaluation.NOON, "test");
        private int selected;
        private int largestDecision;

        void apply(Event event) {
            evaluation.apply(Envelope.first(event, "test", Evaluation.NOON));
        }

        @Override
        public void publish(Envelope<? extends Event> envelope) {
            int bytes = EventCodec.encode(envelope).length;
            switch (envelope.event()) {
                case Event.TagSelected list -> selected = list.tags().size();
                case Event.PolicyDecided decided -> largestDecision = Math.max(largestDecision, bytes);
                default -> {}
            }
        }

        @Override
        public void tombstone(Topic topic, String key) {}
    }
}
