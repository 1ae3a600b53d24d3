package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.watcher.domain.TagCheck.Ended;
import dev.tidemark.watcher.domain.WantedLooks.Look;
import dev.tidemark.watcher.domain.WantedLooks.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedLooksTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final String KEY = "ghcr.io/o/a#|1.0";
    private static final Wish EVERY_MINUTE = wish(CheckPurpose.DIGEST_EVERY, Duration.ofMinutes(1), NOW);
    private static final Wish ONCE = wish(CheckPurpose.DIGEST_ONCE, null, NOW);

    private final WantedLooks looks = new WantedLooks();

    private static Wish wish(CheckPurpose purpose, @Nullable Duration every, Instant made) {
        TagCheckWanted wanted = new TagCheckWanted(FEED, "1.0", purpose, every);
        return Wish.of(Envelope.first(wanted, "test", made, made)).orElseThrow();
    }

    private static Instant after(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    private Look beginOne(Instant now) {
        List<Look> due = looks.begin(now);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    @Test
    void aNewWishIsLookedAtAtOnceAndAgainAnIntervalAfterTheLookHasEnded() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        Look first = beginOne(NOW);
        assertThat(first.wish().purpose()).isEqualTo(TagCheck.Purpose.FOLLOWED);
        assertThat(looks.next()).isEmpty();
        looks.ended(first, Ended.DONE, after(5));
        assertThat(looks.begin(after(64))).isEmpty();
        assertThat(looks.next()).contains(after(65));
        Look second = beginOne(after(65));
        looks.ended(second, Ended.DONE, after(66));
        assertThat(looks.next()).contains(after(126));
    }

    @Test
    void whatIsAskedOnceIsLookedAtOnce() {
        looks.wanted(KEY, ONCE, NOW);
        Look look = beginOne(NOW);
        assertThat(look.wish().purpose()).isEqualTo(TagCheck.Purpose.ASKED);
        looks.ended(look, Ended.DONE, after(1));
        looks.wanted(KEY, ONCE, after(2));
        assertThat(looks.next()).isEmpty();
        looks.wanted(KEY, wish(CheckPurpose.DIGEST_ONCE, null, after(3)), after(3));
        assertThat(beginOne(after(3)).wish().cause().time()).isEqualTo(after(3));
    }

    @Test
    void aWishThatIsToldAgainHasOneLookNotTwo() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        Look look = beginOne(NOW);
        looks.wanted(KEY, EVERY_MINUTE, after(1));
        assertThat(looks.begin(after(1))).isEmpty();
        looks.ended(look, Ended.DONE, after(2));
        looks.wanted(KEY, EVERY_MINUTE, after(3));
        assertThat(looks.begin(after(3))).isEmpty();
        assertThat(looks.begin(after(62))).hasSize(1);
        assertThat(looks.begin(after(62))).isEmpty();
    }

    @Test
    void aPartitionThatComesAndGoesLeavesOneChain() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        Look old = beginOne(NOW);
        looks.lost(KEY::equals);
        assertThat(looks.next()).isEmpty();
        looks.wanted(KEY, EVERY_MINUTE, after(1));
        Look current = beginOne(after(1));
        // When the look of before ends, or is called off, late
        looks.cancelled(old);
        looks.ended(old, Ended.DONE, after(2));
        assertThat(looks.next()).isEmpty();
        looks.ended(current, Ended.DONE, after(3));
        assertThat(looks.next()).contains(after(63));
        assertThat(looks.begin(after(63))).hasSize(1);
    }

    @Test
    void aLookThatIsCalledOffEndsTheChain() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        looks.cancelled(beginOne(NOW));
        assertThat(looks.next()).isEmpty();
        looks.wanted(KEY, EVERY_MINUTE, after(1));
        assertThat(looks.begin(after(1))).hasSize(1);
    }

    @Test
    void onlyTheKeysThatAreLostAreLost() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        looks.wanted("other", EVERY_MINUTE, NOW);
        looks.lost("other"::equals);
        assertThat(looks.begin(NOW)).hasSize(1);
    }

    @Test
    void anIntervalThatIsEditedTakesEffectAtOnce() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        looks.ended(beginOne(NOW), Ended.DONE, NOW);
        looks.wanted(KEY, wish(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(10), after(1)), after(1));
        looks.ended(beginOne(after(1)), Ended.DONE, after(1));
        assertThat(looks.next()).contains(after(11));
    }

    @Test
    void aWishThatChangesDuringALookIsLookedAtAgainWhenItEnds() {
        looks.wanted(KEY, ONCE, NOW);
        Look look = beginOne(NOW);
        Wish newer = wish(CheckPurpose.DIGEST_ONCE, null, after(1));
        looks.wanted(KEY, newer, after(1));
        assertThat(looks.begin(after(1))).isEmpty();
        looks.ended(look, Ended.DONE, after(2));
        assertThat(beginOne(after(2)).wish()).isEqualTo(newer);
    }

    @Test
    void aWishThatIsWithdrawnStops() {
        looks.wanted(KEY, EVERY_MINUTE, NOW);
        looks.wanted("other", EVERY_MINUTE, NOW);
        List<Look> both = looks.begin(NOW);
        looks.withdrawn("other");
        both.forEach(look -> looks.ended(look, Ended.DONE, NOW));
        assertThat(looks.next()).contains(after(60));
        looks.withdrawn(KEY);
        assertThat(looks.next()).isEmpty();
    }

    @Test
    void aFeedThatNobodyWatchesIsTriedAgainAlsoForOneLook() {
        looks.wanted(KEY, ONCE, NOW);
        looks.ended(beginOne(NOW), Ended.NOT_WATCHED, NOW);
        assertThat(looks.next()).contains(NOW.plus(WantedLooks.UNTIL_WATCHED));
    }

    @Test
    void theFirstLooksOfAStartAreSpread() {
        Instant restart = after(3600);
        IntStream.range(0, 1000).forEach(i -> looks.wanted("feed#|" + i, EVERY_MINUTE, restart));
        int atOnce = looks.begin(restart).size();
        int inTheFirstHalf =
                looks.begin(restart.plus(WantedLooks.SPREAD.dividedBy(2))).size();
        int later = looks.begin(restart.plus(WantedLooks.SPREAD)).size();
        assertThat(atOnce).isLessThan(10);
        assertThat(inTheFirstHalf).isBetween(300, 700);
        assertThat(atOnce + inTheFirstHalf + later).isEqualTo(1000);
    }

    @Test
    void aShortIntervalIsNotStretchedByAStart() {
        looks.wanted(KEY, wish(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(2), NOW), after(3600));
        assertThat(looks.begin(after(3602))).hasSize(1);
    }

    @Test
    void whoWaitsForAnAnswerIsNotPutOffByAStart() {
        looks.wanted(KEY, ONCE, after(3600));
        assertThat(looks.begin(after(3600))).hasSize(1);
    }

    @Test
    void intervalsHaveBounds() {
        looks.wanted("a", wish(CheckPurpose.DIGEST_EVERY, Duration.ZERO, NOW), NOW);
        looks.ended(beginOne(NOW), Ended.DONE, NOW);
        assertThat(looks.next()).contains(NOW.plus(WantedLooks.SHORTEST));
        looks.withdrawn("a");
        looks.wanted("b", wish(CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(Long.MAX_VALUE), NOW), NOW);
        looks.ended(beginOne(NOW), Ended.DONE, NOW);
        assertThat(looks.next()).contains(NOW.plus(WantedLooks.LONGEST));
    }
}
