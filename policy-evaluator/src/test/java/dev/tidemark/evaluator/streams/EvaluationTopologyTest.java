package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTopologyTest {

    private static final PolicyRule ONE_X = new PolicyRule.Semver(">=1.0.0 <2.0.0");

    @TempDir
    Path folder;

    private Evaluation evaluation;

    @BeforeEach
    void start() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    @Test
    void selectsTheHighestTagOfACompletedScan() {
        evaluation.declare(ONE_X);

        evaluation.scanned(1, List.of("1.0.0", "1.4.2", "2.0.0", "latest"), List.of());

        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @Test
    void selectsWhenThePolicyComesAfterTheTags() {
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());

        evaluation.declare(ONE_X);

        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @Test
    void aHalfReadListSelectsNothing() {
        evaluation.declare(ONE_X);

        evaluation.found(1, "1.0.0", Scope.SCAN, null);

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void aWebhookTagTakesEffectByItself() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.0.0"), List.of());
        evaluation.selections();

        evaluation.found(2, "1.4.2", Scope.TAG, "sha256:ab");

        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @Test
    void factsOfAnOlderScanAreIgnored() {
        evaluation.declare(ONE_X);
        evaluation.scanned(10, List.of("1.0.0"), List.of());
        evaluation.selections();

        evaluation.scanned(5, List.of("1.9.0"), List.of("1.0.0"));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void aRepeatedEventChangesNothing() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.found(1, "1.4.2", Scope.TAG, null);

        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @Test
    void aSelectedTagThatAListDoesNotShowIsCheckedAndKept() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.selections();

        evaluation.scanned(2, List.of(), List.of("1.4.2"));

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.read(Topic.TAG_CHECK_WANTED))
                .extracting(record -> (Object) record.value.event())
                .containsExactly(new Event.TagCheckWanted(FEED, "1.4.2", Event.CheckPurpose.CONFIRM_GONE, null));
    }

    @Test
    void aSelectedTagFallsOnlyWhenItIsConfirmedGone() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.scanned(2, List.of(), List.of("1.4.2"));
        evaluation.selections();

        evaluation.gone(3, "1.4.2");

        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void aTagThatReappearsIsNoLongerChecked() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.scanned(2, List.of(), List.of("1.4.2"));
        evaluation.read(Topic.TAG_CHECK_WANTED);

        evaluation.scanned(3, List.of("1.4.2"), List.of());

        assertThat(evaluation.checks()).containsExactly("1.4.2 -");
    }

    @Test
    void anEditOfThePolicyMaySelectALowerTag() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.selections();

        evaluation.declare(new PolicyRule.Semver("1.0.x"));

        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void moreThanFitIntoOneTransactionAreAskedInTurns() {
        int policies = 2_001;
        evaluation.scanned(1, List.of("1.0.0"), List.of());
        IntStream.range(0, policies)
                .forEach(i -> evaluation.declare(
                        new Target("local", "ImagePolicy", "apps", "app-" + i), FEED, new PolicyRule.Semver("1.x")));
        evaluation.selections();

        evaluation.found(2, "1.1.0", Scope.TAG, null);
        evaluation.pass(Duration.ofMillis(5));
        assertThat(evaluation.selections()).hasSize(policies - 1);
        evaluation.pass(Duration.ofMillis(5));
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @Test
    void anOlderDeclarationIsDropped() {
        evaluation.declare(ONE_X);
        evaluation.declare(new PolicyRule.Semver("1.0.x"));
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.selections();

        evaluation.write(Evaluation.declared(POLICY, FEED, ONE_X, 1));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void aWithdrawnPolicyTakesItsSelectionAlong() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.selections();

        evaluation.tombstone(Topic.POLICY_DECLARED, Keys.declared(FEED.image(), POLICY));

        assertThat(evaluation.selections()).containsExactly(Evaluation.TOMBSTONE);
    }

    @Test
    void aPolicyThatMovedToAnotherImageKeepsItsSelection() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.selections();

        evaluation.withdraw(FEED.image(), POLICY, new Withdrawal.Moved(null));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void saysInFluxWordsWhatItDecided() {
        evaluation.declare(new PolicyRule.Semver("latest"));
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("0.1.0"), List.of());
        evaluation.found(2, "1.0.0", Scope.TAG, null);
        evaluation.found(3, "1.4.2", Scope.TAG, null);

        assertThat(evaluation.read(Topic.POLICY_DECIDED))
                .extracting(record -> (Event.PolicyDecided) record.value.event())
                .extracting(decided -> decided.reason() + ": " + decided.message())
                .containsExactly(
                        "InvalidPolicy: invalid policy: improper constraint: \"latest\"",
                        "DependencyNotReady: retrying in 30s error: no tags in database",
                        "Failure: unable to determine latest version from provided list: no tag of"
                                + " ghcr.io/my-org/my-app is in the range '>=1.0.0 <2.0.0'",
                        "Succeeded: Latest image tag for ghcr.io/my-org/my-app resolved to 1.0.0",
                        "Succeeded: Latest image tag for ghcr.io/my-org/my-app resolved to 1.4.2"
                                + " (previously ghcr.io/my-org/my-app:1.0.0)");
    }

    @Test
    void aSelectionCarriesTheCorrelationOfItsCause() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        var selected = evaluation.read(Topic.TAG_SELECTED).getFirst().value;

        assertThat(selected.causationid()).isEqualTo(selected.correlationid()).isNotEqualTo(selected.id());
    }

    @Test
    void aRecordThatNoOneCanDecodeIsADeadLetterAndThePartitionGoesOn() {
        evaluation.declare(ONE_X);

        evaluation.writeRaw(Topic.TAG_DISCOVERED, FEED.text(), "{not json".getBytes(UTF_8));
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).singleElement().satisfies(letter -> {
            assertThat(letter.value()).asString(UTF_8).isEqualTo("{not json");
            assertThat(letter.headers().lastHeader("dead-letter-reason").value())
                    .asString(UTF_8)
                    .startsWith("not an event");
        });
        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @Test
    void anEventUnderAForeignKeyIsADeadLetter() {
        var policy = Evaluation.declared(POLICY, FEED, ONE_X, 1);

        evaluation.writeRaw(
                Topic.POLICY_DECLARED,
                FEED.image().text() + "|another",
                dev.tidemark.events.EventCodec.encode(
                        dev.tidemark.events.Envelope.first(policy, "test", Evaluation.NOON)));

        assertThat(evaluation.deadLetters(Topic.POLICY_DECLARED)).hasSize(1);
        assertThat(evaluation.said()).isEmpty();
    }

    @Test
    void aRecordInAWrongPartitionIsADeadLetter(@TempDir Path other) {
        try (var two = new Evaluation(other, 2)) {
            String strayed = keyOfPartitionOne();

            Event found = new Event.TagDiscovered(FEED, "1.0.0", null, Evaluation.scan(1), Scope.TAG, null);
            two.writeRaw(Topic.TAG_DISCOVERED, strayed, EventCodec.encode(Envelope.first(found, "test", two.now())));

            assertThat(two.deadLetters(Topic.TAG_DISCOVERED)).singleElement().satisfies(letter -> assertThat(
                            letter.headers().lastHeader("dead-letter-reason").value())
                    .asString(UTF_8)
                    .contains("belongs in 1"));
        }
    }

    private static String keyOfPartitionOne() {
        for (int i = 0; ; i++) {
            String image = "ghcr.io/my-org/app-" + i;
            if (dev.tidemark.events.Partitioning.partition(Topic.TAG_DISCOVERED, image, 2) == 1) {
                return image;
            }
        }
    }

    private static Scan scan(@Nullable Long epoch, long number, Instant startedAt) {
        return new Scan("scan-" + epoch + '-' + number, startedAt, epoch, number);
    }

    private void found(Scan scan, String tag) {
        evaluation.write(new Event.TagDiscovered(FEED, tag, null, scan, Scope.TAG, evaluation.now()));
    }

    /** Its epoch is its offset: how many records of the topic came before. */
    private void claim(String owner) {
        evaluation.write(new Event.PartitionClaimed(0, owner, owner));
    }

    /** D1: the clock of the one is two minutes ahead; what the other finds after it is news all the same. */
    @Test
    void noOwnersClockMakesThePushesOfAnotherOld() {
        evaluation.declare(ONE_X);
        claim("ahead"); // 0
        Instant ahead = evaluation.now().plus(Duration.ofMinutes(2));
        found(scan(0L, 1, ahead), "1.0.0"); // 1
        evaluation.write(new Event.ScanCompleted(FEED, scan(0L, 2, ahead), 1, 0, 0, "checksum")); // 2
        claim("in time"); // 3
        found(scan(3L, 1, evaluation.now()), "1.1.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"), List.of("1.1.0"));
        found(scan(3L, 2, evaluation.now().minusSeconds(300)), "1.2.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).isEmpty();
    }

    /** D1: it was paused in the middle of a scan, and wakes when somebody else has its images. */
    @Test
    void whatAnOwnerWritesBehindTheNextOnesClaimHasNoEffect() {
        evaluation.declare(ONE_X);
        claim("paused"); // 0
        Scan old = scan(0L, 1, evaluation.now());
        evaluation.write(new Event.TagDiscovered(FEED, "1.0.0", null, old, Scope.SCAN, null)); // 1
        claim("next"); // 2
        Scan whole = scan(2L, 1, evaluation.now().minusSeconds(60));
        evaluation.write(new Event.TagDiscovered(FEED, "1.4.0", null, whole, Scope.SCAN, null));
        evaluation.write(new Event.ScanCompleted(FEED, whole, 1, 1, 0, "checksum"));
        evaluation.selections();

        found(old, "1.9.0");
        evaluation.write(new Event.TagRemoved(FEED, "1.4.0", old, Scope.TAG));
        evaluation.write(new Event.ScanCompleted(FEED, old, 1, 1, 0, "checksum"));
        evaluation.restart(); // its log begins anew, its stores do not
        found(old, "1.9.1");
        found(scan(null, 0, evaluation.now().plusSeconds(300)), "1.9.2");
        assertThat(evaluation.selections()).isEmpty();

        found(scan(2L, 2, evaluation.now()), "1.5.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.5.0"));
    }

    /** A log from before owners claimed their partitions is read in its order, whatever its clocks said. */
    @Test
    void withoutAClaimTheLogsOrderIsAllThereIs() {
        evaluation.declare(ONE_X);
        evaluation.write(new Event.ScanCompleted(FEED, new Scan("a", evaluation.now()), 0, 0, 0, "checksum"));
        found(new Scan("b", evaluation.now().plusSeconds(120)), "1.0.0");
        found(new Scan("c", evaluation.now()), "1.1.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"), List.of("1.1.0"));
        claim("first"); // 3
        found(scan(3L, 1, evaluation.now().minusSeconds(60)), "1.2.0");
        found(new Scan("d", evaluation.now().plusSeconds(500)), "1.3.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
    }
}
