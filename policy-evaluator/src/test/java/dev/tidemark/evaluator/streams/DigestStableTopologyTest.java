package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag whose digest moved waits until it has stayed, and is looked at once more before it is let through. */
class DigestStableTopologyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final String STABLE = "require-digest-stable";
    private static final Target OTHER = Target.parse("local/ImagePolicy/flux-system/other");

    @TempDir
    Path folder;

    private Evaluation evaluation;
    private final Map<String, String> questions = new TreeMap<>();
    private long sequence = 100;

    @BeforeEach
    void start() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    /** Declares any version, with annotations of {@code tidemark.dev/}, given as name and value in turn. */
    private void declare(Target target, String reflection, String... annotations) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < annotations.length; i += 2) {
            all.put("tidemark.dev/" + annotations[i], annotations[i + 1]);
        }
        evaluation.write(new Event.PolicyDeclared(
                FEED.image(),
                target,
                FEED,
                FEED.image().text(),
                new PolicyRule.Semver(">=0.0.0"),
                TagFilter.NONE,
                reflection,
                List.of(),
                all,
                "uid",
                "1",
                ++sequence,
                false,
                reflection.equals("Always") ? Duration.ofHours(1) : null,
                null,
                null));
    }

    private void published(String reflection, String... annotations) {
        declare(Evaluation.POLICY, reflection, annotations);
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        found(1, "1.0.0", "aa");
        assertThat(selected()).containsExactly("1.0.0");
        checks();
        said();
    }

    private void found(int second, String tag, String digest) {
        evaluation.found(second, tag, Scope.TAG, "sha256:" + digest);
    }

    private void answer(int second, String tag, String digest) {
        evaluation.answer(second, tag, "sha256:" + digest, question(tag), evaluation.now());
    }

    /** What was asked last about a tag, of what {@link #checks} has shown. */
    private String question(String tag) {
        return questions.getOrDefault(tag, "nobody asked");
    }

    /** {@code tag} or {@code tag@digest}, of each selection since the last look. */
    private List<String> selected() {
        return evaluation.read(Topic.TAG_SELECTED).stream()
                .flatMap(record -> ((Event.TagSelected) record.value.event()).tags().stream())
                .map(DigestStableTopologyTest::text)
                .toList();
    }

    private static String text(SelectedTag tag) {
        return tag.digest() == null ? tag.tag() : tag.tag() + '@' + tag.digest();
    }

    private List<String> checks() {
        List<String> checks = new ArrayList<>();
        evaluation.read(Topic.TAG_CHECK_WANTED).forEach(record -> {
            String tag = record.key.substring(record.key.indexOf('|') + 1);
            if (record.value == null) {
                checks.add(tag + " -");
            } else {
                questions.put(tag, record.value.id());
                checks.add(tag + ' ' + ((Event.TagCheckWanted) record.value.event()).purpose());
            }
        });
        return checks;
    }

    private List<PolicyDecided> said() {
        return evaluation.read(Topic.POLICY_DECIDED).stream()
                .map(record -> (PolicyDecided) record.value.event())
                .toList();
    }

    private void moved() {
        evaluation.halt("ada", "not yet");
        found(2, "1.1.0", "bb");
        found(3, "1.1.0", "cc");
        evaluation.lift("ada", "now");
    }

    @Test
    void aTagThatMovedWaitsAndIsSelectedWhenItHasStayed() {
        published("Never", STABLE, "10m");
        moved();
        assertThat(selected()).isEmpty();
        assertThat(said()).last().satisfies(decided -> {
            assertThat(decided.reason()).isEqualTo("DigestMoved");
            assertThat(decided.until()).isEqualTo(NOON.plus(TEN));
            assertThat(decided.details())
                    .isEqualTo("1.1.0 waits: its digest moved at 2026-11-22T12:00:00Z and has to stay until"
                            + " 2026-11-22T12:10:00Z");
            assertThat(decided.message()).endsWith("resolved to 1.0.0; " + decided.details());
        });

        evaluation.pass(TEN.minusSeconds(1));
        assertThat(checks()).isEmpty();
        evaluation.pass(Duration.ofSeconds(1));
        assertThat(selected()).isEmpty();
        assertThat(checks()).containsExactly("1.1.0 DIGEST_ONCE");

        answer(4, "1.1.0", "cc");
        assertThat(selected()).containsExactly("1.1.0");
        assertThat(checks()).containsExactly("1.1.0 -");
        assertThat(said()).last().satisfies(decided -> {
            assertThat(decided.until()).isNull();
            assertThat(decided.details()).isNull();
        });
    }

    /** Nobody told of this move: only the look at the end sees it. */
    @Test
    void aTagThatHasMovedAgainAtTheEndWaitsAnew() {
        published("Never", STABLE, "10m");
        moved();
        evaluation.pass(TEN);
        checks();

        answer(4, "1.1.0", "dd");
        evaluation.pass(TEN.minusSeconds(1));
        assertThat(selected()).isEmpty();

        evaluation.pass(Duration.ofSeconds(1));
        checks();
        answer(5, "1.1.0", "dd");
        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void theFirstDigestIsNoMove() {
        published("Never", STABLE, "10m");

        found(2, "1.1.0", "bb");

        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void aDigestThatNobodyKnowsIsAskedFor() {
        published("Never", STABLE, "10m");

        evaluation.scanned(2, List.of("1.1.0"), List.of());
        assertThat(selected()).isEmpty();
        assertThat(checks()).containsExactly("1.1.0 DIGEST_ONCE");
        assertThat(said()).extracting(PolicyDecided::reason).containsExactly("AwaitingDigest");

        answer(3, "1.1.0", "bb");
        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void aLowerTagThatStayedIsSelectedMeanwhile() {
        published("Never", STABLE, "10m");
        moved();

        found(4, "1.0.1", "ee");

        assertThat(selected()).containsExactly("1.0.1");
        evaluation.pass(TEN);
        checks();
        answer(5, "1.1.0", "cc");
        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void theNewDigestOfTheSelectedTagWaitsToo() {
        declare(Evaluation.POLICY, "Always", STABLE, "10m");
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        found(1, "1.0.0", "aa");
        assertThat(selected()).containsExactly("1.0.0@sha256:aa");
        checks();
        said();

        found(2, "1.0.0", "bb");
        assertThat(selected()).isEmpty();
        assertThat(said()).singleElement().satisfies(decided -> {
            assertThat(decided.reason()).isEqualTo("DigestMoved");
            assertThat(decided.details()).startsWith("the new digest waits: the digest of 1.0.0 moved at ");
            assertThat(decided.selection()).extracting(SelectedTag::digest).containsExactly("sha256:aa");
        });

        evaluation.pass(TEN);
        assertThat(checks()).containsExactly("1.0.0 DIGEST_ONCE");
        answer(3, "1.0.0", "bb");
        assertThat(selected()).containsExactly("1.0.0@sha256:bb");
        assertThat(checks()).containsExactly("1.0.0 DIGEST_EVERY");
    }

    /** A build that takes back what it pushed leaves nothing that waits. */
    @Test
    void aDigestThatComesBackIsWhatIsPublished() {
        declare(Evaluation.POLICY, "Always", STABLE, "10m");
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        found(1, "1.0.0", "aa");
        found(2, "1.0.0", "bb");
        found(3, "1.0.0", "aa");

        assertThat(selected()).containsExactly("1.0.0@sha256:aa");
        assertThat(said()).last().extracting(PolicyDecided::reason).isEqualTo("Succeeded");
    }

    @Test
    void aFreezeAndTheStopHoldItLonger() {
        published("Never", STABLE, "10m");
        declare(Evaluation.POLICY, "Never", STABLE, "10m", "freeze", "0 12 * * * +30m");
        moved();
        assertThat(said()).last().extracting(PolicyDecided::reason).isEqualTo("DigestMoved");

        evaluation.pass(TEN);
        assertThat(said()).last().satisfies(decided -> {
            assertThat(decided.reason()).isEqualTo("Frozen");
            assertThat(decided.until()).isEqualTo(NOON.plus(MINUTE.multipliedBy(30)));
        });
        assertThat(checks()).as("a registry is not asked in a freeze").isEmpty();

        evaluation.halt("ada", "incident 42");
        evaluation.pass(MINUTE.multipliedBy(20));
        assertThat(said()).last().extracting(PolicyDecided::reason).isEqualTo("Halted");
        evaluation.lift("ada", "solved");
        assertThat(checks()).containsExactly("1.1.0 DIGEST_ONCE");
        answer(4, "1.1.0", "cc");
        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void itWaitsOverARestart() {
        published("Never", STABLE, "10m");
        moved();
        evaluation.restart();

        evaluation.pass(TEN.minusSeconds(1));
        assertThat(checks()).isEmpty();
        evaluation.pass(Duration.ofSeconds(1));
        assertThat(checks()).containsExactly("1.1.0 DIGEST_ONCE");
        evaluation.restart();
        answer(4, "1.1.0", "cc");
        assertThat(selected()).containsExactly("1.1.0");
    }

    /** Of a digest that is followed watchers tell only when it moves, and an answer to others may be old. */
    @Test
    void theRegistryIsAskedAlsoWhereAnotherPolicyFollowsTheTag() {
        published("Never", STABLE, "10m");
        declare(OTHER, "Always");
        moved();
        assertThat(selected()).contains("1.1.0@sha256:cc");
        evaluation.pass(TEN);
        assertThat(checks()).last().isEqualTo("1.1.0 DIGEST_ONCE");
        assertThat(selected()).isEmpty();

        answer(4, "1.1.0", "cc");
        assertThat(selected()).containsExactly("1.1.0");
        assertThat(checks()).containsExactly("1.1.0 DIGEST_EVERY");
    }

    /** A list still waits for another tag: its question about this one is answered, and the answer has grown old. */
    @Test
    void theRegistryIsAskedAnewWhereSomebodyElseGotItsAnswer() {
        evaluation.declare(
                Target.parse("local/ResourceSetInputProvider/flux-system/all"),
                FEED,
                new PolicyRule.TagList(null, null, "1.x", 0, Map.of()));
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        assertThat(checks()).containsExactlyInAnyOrder("1.0.0 DIGEST_ONCE", "1.1.0 DIGEST_ONCE");
        answer(1, "1.1.0", "aa");
        evaluation.pass(MINUTE.multipliedBy(5));
        checks();

        declare(Evaluation.POLICY, "Never", STABLE, "10m");
        assertThat(selected()).isEmpty();
        assertThat(checks()).containsExactly("1.1.0 DIGEST_ONCE");

        answer(2, "1.1.0", "aa");
        assertThat(selected()).containsExactly("1.1.0");
    }

    /** Nothing would have told it the digest before that moves. */
    @Test
    void whoPinsADigestIsAnsweredWhereAnotherPolicyFollowsIt() {
        declare(OTHER, "Always");
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        found(1, "1.0.0", "aa");
        evaluation.pass(MINUTE.multipliedBy(5));
        selected();
        checks();

        declare(Evaluation.POLICY, "IfNotPresent");
        assertThat(checks()).containsExactly("1.0.0 DIGEST_ONCE");
        answer(2, "1.0.0", "aa");

        assertThat(selected()).containsExactly("1.0.0@sha256:aa");
        assertThat(checks()).containsExactly("1.0.0 DIGEST_EVERY");
    }

    @Test
    void anOrderDoesNotWait() {
        published("Never", STABLE, "10m");
        moved();

        declare(Evaluation.POLICY, "Never", STABLE, "10m", "hold", "1.1.0");

        assertThat(selected()).containsExactly("1.1.0");
    }

    @Test
    void aListIsToldThatItIsNotForLists() {
        evaluation.declare(new PolicyRule.TagList(null, null, "1.x", 0, Map.of()), STABLE, "10m");
        evaluation.scanned(0, List.of("1.0.0"), List.of());

        assertThat(said()).last().satisfies(decided -> {
            assertThat(decided.reason()).isEqualTo("InvalidAnnotation");
            assertThat(decided.message()).endsWith("it is for ImagePolicies, which select one tag: remove it");
        });
    }
}
