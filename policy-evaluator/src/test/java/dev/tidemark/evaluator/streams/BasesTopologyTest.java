package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.TagsListed.Origin;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed's stock comes in pages: what counts when, and what news mean beside it. */
class BasesTopologyTest {

    private static final PolicyRule ANY = new PolicyRule.Semver(">=0.0.0");
    private static final String DIGEST = "sha256:" + "4f53cda1".repeat(8);
    private static final Duration TICK = Duration.ofMillis(5);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Evaluation evaluation;

    @BeforeEach
    void begin() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void end() {
        evaluation.close();
    }

    private static TagsListed page(int number, int page, int pages, long through, Origin origin, String... tags) {
        return page(number, page, pages, through, origin, Map.of(), Map.of(), tags);
    }

    private static TagsListed page(
            int number,
            int page,
            int pages,
            long through,
            Origin origin,
            Map<String, String> digests,
            Map<String, Instant> firstSeen,
            String... tags) {
        Scan scan = Evaluation.scan(number);
        return new TagsListed(Evaluation.FEED, scan, page, pages, through, origin, List.of(tags), digests, firstSeen);
    }

    private static Event found(int number, String tag, int base) {
        return new Event.TagDiscovered(
                Evaluation.FEED, tag, DIGEST, Evaluation.scan(number), Scope.TAG, null, new ScanOrder(0, base));
    }

    @Test
    void nothingIsDecidedFromHalfABaseAndItsLastPageDecidesOverRestarts() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 3, 0, Origin.SCAN, "1.0.0", "1.1.0"));
        evaluation.write(page(1, 3, 3, 0, Origin.SCAN, "3.0.0"));
        assertThat(evaluation.selections()).isEmpty();
        evaluation.restart();

        evaluation.write(page(1, 2, 3, 0, Origin.SCAN, "2.0.0"));

        assertThat(evaluation.selections()).containsExactly(List.of("3.0.0"));
        assertThat(evaluation.tags()).isZero();
    }

    @Test
    void aHundredThousandTagsAreDecidedAboutWithoutARecordOfEach() {
        evaluation.declare(ANY);
        for (int page = 1; page <= 100; page++) {
            int thousand = page - 1;
            evaluation.write(page(
                    1,
                    page,
                    100,
                    0,
                    Origin.SCAN,
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> "1.%03d.%d".formatted(thousand, i).replaceAll("\\.0+(?=\\d)", "."))
                            .toArray(String[]::new)));
        }
        // in slices of twenty thousand, between which others come in
        evaluation.pass(TICK);
        assertThat(evaluation.selections()).isEmpty();
        for (int slice = 0; slice < 5; slice++) {
            evaluation.pass(TICK);
        }

        assertThat(evaluation.selections()).containsExactly(List.of("1.99.999"));
        assertThat(evaluation.tags()).isZero();
    }

    @Test
    void newsLieOnTopAlsoWhenTheyCameBetweenThePages() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0"));
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));

        evaluation.write(page(2, 1, 2, 1, Origin.FOLD, "1.0.0"));
        evaluation.write(found(2, "4.0.0", 1));
        assertThat(evaluation.selections()).containsExactly(List.of("4.0.0"));
        evaluation.write(page(2, 2, 2, 1, Origin.FOLD, "3.0.0"));

        assertThat(evaluation.selections()).isEmpty();

        // both are there
        evaluation.declare(new PolicyRule.Semver("4.x || 3.x"));
        assertThat(evaluation.selections()).isEmpty();
        evaluation.declare(new PolicyRule.Semver("3.x"));
        assertThat(evaluation.selections()).containsExactly(List.of("3.0.0"));
    }

    @Test
    void aFoldSaysNothingNew() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0"));
        evaluation.write(found(2, "2.0.0", 1));
        evaluation.said();
        evaluation.selections();

        evaluation.write(page(3, 1, 1, 2, Origin.FOLD, Map.of("2.0.0", DIGEST), Map.of(), "1.0.0", "2.0.0"));

        assertThat(evaluation.said()).isEmpty();
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).isEmpty();
    }

    /** Missing from a list once is no reason to fall back; a check is asked for. */
    @Test
    void aSelectionThatAScansBaseLacksIsCheckedAndStays() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0", "2.0.0"));
        assertThat(evaluation.selections()).containsExactly(List.of("2.0.0"));

        evaluation.write(page(2, 1, 1, 1, Origin.SCAN, "1.0.0", "1.5.0"));
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("2.0.0 CONFIRM_GONE");

        // the registry confirms it: missing twice, one of them a 404
        evaluation.write(
                new Event.TagRemoved(Evaluation.FEED, "2.0.0", Evaluation.scan(3), Scope.TAG, new ScanOrder(0, 2)));
        assertThat(evaluation.selections()).containsExactly(List.of("1.5.0"));
    }

    /** What its owner only folded was not asked of any registry. */
    @Test
    void aFoldMissesNothing() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0", "2.0.0"));
        evaluation.write(
                new Event.TagRemoved(Evaluation.FEED, "2.0.0", Evaluation.scan(2), Scope.TAG, new ScanOrder(0, 1)));
        assertThat(evaluation.checks()).containsExactly("2.0.0 CONFIRM_GONE");
        evaluation.selections();

        evaluation.write(page(3, 1, 1, 2, Origin.FOLD, "1.0.0"));

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).isEmpty();
    }

    @Test
    void pagesOfNewsCountWhenTheirScanHasEnded() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0", "1.1.0"));
        evaluation.selections();

        Scan scan = Evaluation.scan(2);
        ScanOrder base = new ScanOrder(0, 1);
        evaluation.write(new TagsChanged(
                Evaluation.FEED, scan, 1, 2, base, List.of("2.0.0", "3.0.0"), List.of(), evaluation.now()));
        evaluation.write(
                new TagsChanged(Evaluation.FEED, scan, 2, 2, base, List.of(), List.of("1.0.0"), evaluation.now()));
        assertThat(evaluation.selections()).isEmpty();

        evaluation.write(new Event.ScanCompleted(Evaluation.FEED, scan, 3, 2, 1, "checksum"));
        assertThat(evaluation.selections()).containsExactly(List.of("3.0.0"));
    }

    @Test
    void aPageThatNobodyCanKeepIsADeadLetter() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0", "x".repeat(300)));
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0", "1.0.0-\u20ac"));
        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).hasSize(2);

        evaluation.write(page(2, 1, 1, 0, Origin.SCAN, "1.0.0"));
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    /** The digest survives the fold, and so does the age. */
    @Test
    void ageAndDigestAreThoseOfThePage() {
        evaluation.declare(ANY, "minimum-age", "1h");
        Instant young = evaluation.now();
        evaluation.write(
                page(1, 1, 1, 0, Origin.FOLD, Map.of("2.0.0", DIGEST), Map.of("2.0.0", young), "1.0.0", "2.0.0"));
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));

        evaluation.pass(Duration.ofHours(1));
        assertThat(evaluation.selections()).containsExactly(List.of("2.0.0"));
    }

    @Test
    void whoeverLacksThePagesThatNewsStandOnAsksForAnotherBase() {
        evaluation.declare(ANY);
        evaluation.write(page(1, 1, 1, 0, Origin.SCAN, "1.0.0"));
        evaluation.selections();
        evaluation.checks();

        // the second page of the next one was lost on the way here
        evaluation.write(page(2, 1, 2, 1, Origin.FOLD, "1.0.0"));
        evaluation.write(found(3, "1.2.0", 2));
        evaluation.write(found(4, "1.3.0", 2));
        assertThat(evaluation.checks()).containsExactly(":base NEW_BASE");
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"), List.of("1.3.0"));

        evaluation.write(page(5, 1, 1, 4, Origin.FOLD, "1.0.0", "1.2.0", "1.3.0", "1.9.0"));
        assertThat(evaluation.checks()).containsExactly(":base -");
        assertThat(evaluation.selections()).containsExactly(List.of("1.9.0"));
    }

    /** An older log has an event of each tag; its owner rebases it. */
    @Test
    void anOlderLogIsForgottenWhenItsBaseIsInForce() {
        evaluation.declare(ANY);
        evaluation.scanned(1, List.of("1.0.0", "1.1.0", "1.2.0"), List.of());
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
        assertThat(evaluation.tags()).isEqualTo(3);

        evaluation.write(page(2, 1, 1, 3, Origin.FOLD, "1.0.0", "1.1.0", "1.2.0"));
        evaluation.pass(TICK);
        assertThat(evaluation.tags()).isZero();

        evaluation.write(found(3, "1.3.0", 2));
        assertThat(evaluation.selections()).containsExactly(List.of("1.3.0"));
    }

    @Test
    void aFeedThatNobodyNamesIsForgottenWithItsPages() {
        evaluation.write(page(1, 1, 2, 0, Origin.SCAN, "1.0.0"));
        evaluation.write(page(1, 2, 2, 0, Origin.SCAN, "2.0.0"));
        evaluation.write(found(2, "3.0.0", 1));

        evaluation.forget(page(1, 1, 2, 0, Origin.SCAN).toString(), 0); // no key at all
        evaluation.forget(Evaluation.FEED.text() + "|:base|0.1|1", 0);
        evaluation.forget(Evaluation.FEED.text() + "|:base|0.1|2", 0);
        evaluation.forget(Evaluation.FEED.text() + "|3.0.0", 0);
        evaluation.forget(Evaluation.FEED.text(), 0);

        assertThat(evaluation.pages()).isZero();
        assertThat(evaluation.tags()).isZero();
        assertThat(evaluation.feeds()).isZero();
    }
}
