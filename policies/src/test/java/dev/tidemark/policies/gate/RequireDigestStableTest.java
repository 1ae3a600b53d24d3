package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireDigestStableTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TAG = "1.1.0";

    private final Gate gate = new RequireDigestStable(Duration.ofMinutes(10));

    @Test
    void aTagWhoseDigestMovedGivesWayToOthersUntilItsTimeIsOver() {
        TagFacts moved = digest(NOON, Optional.of(NOON), false);

        assertThat(gate.candidate(proposed("1.0.0", moved, NOON.plus(MINUTE))))
                .isEqualTo(HeldBack.until(
                        NOON.plus(MINUTE.multipliedBy(10)),
                        new HeldBack.Reason("DigestMoved", "DIGEST_MOVED"),
                        "1.1.0 waits: its digest moved at 2026-11-22T12:00:00Z and has to stay until"
                                + " 2026-11-22T12:10:00Z"));
        assertThat(gate.candidate(proposed("1.0.0", moved, NOON.plus(MINUTE.multipliedBy(10)))))
                .isEqualTo(Admission.ADMITTED);
        assertThat(gate.candidate(proposed(TAG, moved, NOON))).isEqualTo(Admission.ADMITTED);
        assertThat(gate.candidate(proposed("1.0.0", TagFacts.UNKNOWN, NOON))).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void nothingIsPublishedOfADigestThatNobodyHasSeenNow() {
        assertThat(published(TagFacts.UNKNOWN, NOON))
                .isEqualTo(asking("1.1.0 waits: the digest of 1.1.0 is asked for"));
        TagFacts first = digest(NOON, Optional.empty(), false);
        assertThat(published(first, NOON.plus(MINUTE))).isEqualTo(Admission.ADMITTED);
        assertThat(published(first, NOON.plus(MINUTE).plusMillis(1)))
                .isEqualTo(asking("1.1.0 waits: the registry is asked whether 1.1.0 still has the digest that it had"));
    }

    /** A look a second before the end is fresh and tells nothing of the end. */
    @Test
    void whatWasSeenBeforeTheEndDoesNotDo() {
        Instant end = NOON.plus(MINUTE.multipliedBy(10));
        TagFacts before = digest(end.minusSeconds(1), Optional.of(NOON), false);

        assertThat(published(before, end)).isInstanceOf(HeldBack.class);
        assertThat(published(digest(end, Optional.of(NOON), false), end)).isEqualTo(Admission.ADMITTED);
    }

    /** The watcher's clock may be behind ours. */
    @Test
    void anAnswerCountsHoweverOldItSeems() {
        Instant end = NOON.plus(MINUTE.multipliedBy(10));

        assertThat(published(digest(end.minusSeconds(300), Optional.of(NOON), true), end))
                .isEqualTo(Admission.ADMITTED);
        assertThat(published(digest(NOON, Optional.of(NOON), true), end.minusSeconds(1)))
                .isInstanceOf(HeldBack.class);
    }

    @Test
    void aMoveOfTheFutureIsOneOfNow() {
        TagFacts moved = digest(NOON, Optional.of(NOON.plus(Duration.ofDays(9))), false);

        assertThat(gate.candidate(proposed("1.0.0", moved, NOON)))
                .isInstanceOfSatisfying(
                        HeldBack.class, why -> assertThat(why.until()).contains(NOON.plus(MINUTE.multipliedBy(10))));
    }

    @Test
    void listsAreNoTags() {
        assertThat(gate.publication(Publication.ofList(NOON))).isEqualTo(Admission.ADMITTED);
        assertThat(Gates.readForList(Map.of(RequireDigestStable.ANNOTATION, "10m")))
                .isInstanceOf(Gates.Reading.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1m", "soon", "10"})
    void refusesWhatIsNoTime(String text) {
        assertThat(RequireDigestStable.KIND.parser().apply(text)).isInstanceOf(Parsed.Malformed.class);
    }

    private Admission published(TagFacts facts, Instant now) {
        return gate.publication(Publication.ofTag(TAG, facts, now));
    }

    private static HeldBack asking(String sentence) {
        return HeldBack.asking(
                new Check(TAG, CheckPurpose.DIGEST_ONCE),
                new HeldBack.Reason("AwaitingDigest", "AWAITING_DIGEST"),
                sentence);
    }

    private static Proposal proposed(String published, TagFacts facts, Instant now) {
        return new Proposed(new Candidate(TAG, TAG), Optional.of(published), VersionStep.UNKNOWN, facts, now);
    }

    private static TagFacts digest(Instant seen, Optional<Instant> moved, boolean answered) {
        return new TagFacts(Optional.empty(), Optional.of(new DigestFacts(seen, moved, answered)));
    }
}
