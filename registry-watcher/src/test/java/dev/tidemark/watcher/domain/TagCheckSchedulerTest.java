package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.watcher.domain.TagCheck.Ended;
import dev.tidemark.watcher.domain.TagCheckScheduler.Check;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TagCheckSchedulerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final String KEY = "ghcr.io/o/a#|1.0";
    private static final Request EVERY_MINUTE = request(CheckPurpose.DIGEST_EVERY, Duration.ofMinutes(1), NOW);
    private static final Request ONCE = request(CheckPurpose.DIGEST_ONCE, null, NOW);

    private final TagCheckScheduler checks = new TagCheckScheduler();

    private static Request request(CheckPurpose purpose, @Nullable Duration every, Instant made) {
        TagCheckWanted wanted = new TagCheckWanted(FEED, "1.0", purpose, every);
        return Request.of(Envelope.first(wanted, "test", made, made)).orElseThrow();
    }

    private static Instant after(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    private Check beginOne(Instant now) {
        List<Check> due = checks.begin(now);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    @Test
    void aNewWishIsLookedAtAtOnceAndAgainAnIntervalAfterTheLookHasEnded() {
        checks.requested(KEY, EVERY_MINUTE, NOW);
        Check first = beginOne(NOW);
        assertThat(first.request().purpose()).isEqualTo(TagCheck.Purpose.FOLLOWED);
        assertThat(checks.next()).isEmpty();
        checks.ended(first, Ended.DONE, after(5));
        assertThat(checks.begin(after(64))).isEmpty();
        assertThat(checks.next()).contains(after(65));
        Check second = beginOne(after(65));
        checks.ended(second, Ended.DONE, after(66));
        assertThat(checks.next()).contains(after(126));
    }

    @Test
    void whatIsAskedOnceIsLookedAtOnce() {
        checks.requested(KEY, ONCE, NOW);
        Check check = beginOne(NOW);
        assertThat(check.request().purpose()).isEqualTo(TagCheck.Purpose.ASKED);
        checks.ended(check, Ended.DONE, after(1));
        checks.requested(KEY, ONCE, after(2));
        assertThat(checks.next()).isEmpty();
        checks.requested(KEY, request(CheckPurpose.DIGEST_ONCE, null, after(3)), after(3));
        assertThat(beginOne(after(3)).request().cause().time()).isEqualTo(after(3));
    }

    @Test
    void aWishThatIsToldAgainHasOneLookNotTwo() {
        checks.requested(KEY, EVERY_MINUTE, NOW);
        checks.requested(KEY, EVERY_MINUTE, NOW);
        Check check = beginOne(NOW);
        checks.requested(KEY, EVERY_MINUTE, after(1));
        assertThat(checks.begin(after(1))).isEmpty();
        checks.ended(check, Ended.DONE, after(2));
        checks.requested(KEY, EVERY_MINUTE, after(3));
        assertThat(checks.begin(after(3))).isEmpty();
        assertThat(checks.begin(after(62))).hasSize(1);
        assertThat(checks.begin(after(62))).isEmpty();
    }

    @Test
    void anIntervalThatIsEditedTakesEffectAtOnce() {
        checks.requested(KEY, EVERY_MINUTE, NOW);
        checks.ended(beginOne(NOW), Ended.DONE, NOW);
        checks.requested(KEY, request(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(10), after(1)), after(1));
        checks.ended(beginOne(after(1)), Ended.DONE, after(1));
        assertThat(checks.next()).contains(after(11));
    }

    @Test
    void aWishThatChangesDuringALookIsLookedAtAgainWhenItEnds() {
        checks.requested(KEY, ONCE, NOW);
        Check check = beginOne(NOW);
        Request newer = request(CheckPurpose.DIGEST_ONCE, null, after(1));
        checks.requested(KEY, newer, after(1));
        assertThat(checks.begin(after(1))).isEmpty();
        checks.ended(check, Ended.DONE, after(2));
        assertThat(beginOne(after(2)).request()).isEqualTo(newer);
    }

    @Test
    void aWishThatIsWithdrawnStops() {
        checks.requested(KEY, EVERY_MINUTE, NOW);
        checks.requested("other", EVERY_MINUTE, NOW);
        List<Check> both = checks.begin(NOW);
        checks.withdrawn("other");
        both.forEach(check -> checks.ended(check, Ended.DONE, NOW));
        assertThat(checks.next()).contains(after(60));
        checks.withdrawn(KEY);
        assertThat(checks.next()).isEmpty();
    }

    @Test
    void aFeedThatNobodyWatchesIsTriedAgainAlsoForOneLook() {
        checks.requested(KEY, ONCE, NOW);
        checks.ended(beginOne(NOW), Ended.NOT_WATCHED, NOW);
        assertThat(checks.next()).contains(NOW.plus(TagCheckScheduler.UNTIL_SERVED));
    }

    @Test
    void theFirstLooksOfAStartAreSpread() {
        Instant restart = after(3600);
        IntStream.range(0, 1000).forEach(i -> checks.requested("feed#|" + i, EVERY_MINUTE, restart));
        int atOnce = checks.begin(restart).size();
        int inTheFirstHalf = checks.begin(restart.plus(TagCheckScheduler.SPREAD.dividedBy(2)))
                .size();
        int later = checks.begin(restart.plus(TagCheckScheduler.SPREAD)).size();
        assertThat(atOnce).isLessThan(10);
        assertThat(inTheFirstHalf).isBetween(300, 700);
        assertThat(atOnce + inTheFirstHalf + later).isEqualTo(1000);
    }

    @Test
    void aShortIntervalIsNotStretchedByAStart() {
        checks.requested(KEY, request(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(2), NOW), after(3600));
        assertThat(checks.begin(after(3602))).hasSize(1);
    }

    @Test
    void whoWaitsForAnAnswerIsNotPutOffByAStart() {
        checks.requested(KEY, ONCE, after(3600));
        assertThat(checks.begin(after(3600))).hasSize(1);
    }

    @Test
    void intervalsHaveBounds() {
        checks.requested("a", request(CheckPurpose.DIGEST_EVERY, Duration.ZERO, NOW), NOW);
        checks.ended(beginOne(NOW), Ended.DONE, NOW);
        assertThat(checks.next()).contains(NOW.plus(TagCheckScheduler.SHORTEST));
        checks.withdrawn("a");
        checks.requested("b", request(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(Long.MAX_VALUE), NOW), NOW);
        checks.ended(beginOne(NOW), Ended.DONE, NOW);
        assertThat(checks.next()).contains(NOW.plus(TagCheckScheduler.LONGEST));
    }
}
