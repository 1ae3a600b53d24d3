package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.watcher.domain.TagCheck.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When tags are written as a base, as pages of news, or one by one; the limits are those of {@link OneFeedWorker}. */
class BasesTest extends OneFeedWorker {

    private static List<String> tags(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "%02d".formatted(i)).toList();
    }

    private void scan(List<String> listed) {
        registry.pages = List.of(listed);
        scan();
    }

    @Test
    void anEmptyListIsABaseOfOnePageWithNothingOnIt() {
        scan(List.of());
        assertThat(written()).containsExactly("SCAN 1/1 ", "scanned 0");
    }

    @Test
    void fewChangesAreARecordEachAndNameTheBase() {
        scan(tags(0, 40));
        written();
        scan(tags(1, 42));
        assertThat(log.stream().map(one -> one.event()).filter(Event.TagDiscovered.class::isInstance))
                .extracting(event -> ((Event.TagDiscovered) event).base())
                .containsOnly(new ScanOrder(EPOCH, 1));
        assertThat(log.stream().map(one -> one.event()).filter(Event.TagRemoved.class::isInstance))
                .extracting(event -> ((Event.TagRemoved) event).base())
                .containsOnly(new ScanOrder(EPOCH, 1));
        assertThat(written()).containsExactly("+40", "+41", "-00", "completed 41 +2 -1", "scanned 41");
    }

    /** Each page has as many as it may, added ones first. */
    @Test
    void moreChangesArePagesOfNews() {
        scan(tags(0, 40));
        written();
        scan(tags(3, 44));
        List<TagsChanged> pages = log.stream()
                .map(one -> one.event())
                .filter(TagsChanged.class::isInstance)
                .map(TagsChanged.class::cast)
                .toList();
        assertThat(pages).hasSize(3).allSatisfy(page -> {
            assertThat(page.added().size() + page.removed().size()).isLessThanOrEqualTo(3);
            assertThat(page.base()).isEqualTo(new ScanOrder(EPOCH, 1));
            assertThat(page.firstSeen()).isEqualTo(NOW);
        });
        assertThat(pages.stream().flatMap(page -> page.added().stream())).containsExactlyElementsOf(tags(40, 44));
        assertThat(pages.stream().flatMap(page -> page.removed().stream()))
                .containsExactlyInAnyOrderElementsOf(tags(0, 3));
        assertThat(written()).startsWith("page 1/3 +40 +41 +42 -").endsWith("completed 41 +4 -3", "scanned 41");
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aQuarterOfTheBaseIsANewBaseAndTheOldOneIsForgottenRightAfterItsLastPage() {
        scan(tags(0, 4));
        written();
        scan(tags(2, 12));
        // four pages, and not yet what the schedule says
        assertThat(writtenBeforeTombstones).isEqualTo(4);
        assertThat(written())
                .containsExactly(
                        "SCAN 1/4 02 03 04", "SCAN 2/4 05 06 07", "SCAN 3/4 08 09 10", "SCAN 4/4 11", "scanned 10");
        assertThat(forgotten).containsExactly(":base|17.1|1", ":base|17.1|2");
        assertThat(state.tags().find("04").orElseThrow().firstSeen()).isEqualTo(NOW);
        assertThat(state.tags().find("02").orElseThrow().firstSeen()).isNull();
    }

    /** Nine of thirty-two are more than eight and more than a quarter, eight are not. */
    @Test
    void newsThatAreMoreThanAQuarterOfTheBaseAreFoldedAndKeepTheirDigests() {
        scan(tags(0, 32));
        for (int i = 0; i < 8; i++) {
            registry.digests.put("%02d".formatted(i), DIGEST);
            resolve("%02d".formatted(i), Purpose.CLAIMED);
        }
        written();
        scan();
        assertThat(written()).containsExactly("scanned 32");
        registry.digests.put("08", DIGEST);
        resolve("08", Purpose.CLAIMED);
        written();
        scan();
        List<FeedEvent> events =
                log.stream().map(one -> (FeedEvent) one.event()).toList();
        assertThat(written()).startsWith("scanned 32", "FOLD 1/11 00 01 02").hasSize(12);
        assertThat(((TagsListed) events.get(1)).digests()).containsOnlyKeys("00", "01", "02");
        assertThat(state.tags().find("08").orElseThrow().digest()).isEqualTo(DIGEST);
        assertThat(forgotten).contains("00", "08", ":base|17.1|1").hasSize(9 + 11);
        forgotten.clear();
        scan();
        assertThat(written()).containsExactly("scanned 32");
        assertThat(forgotten).isEmpty();
    }

    /** Of a watcher that wrote one event for each tag. */
    @Test
    void anOlderLogIsFoldedOnce() {
        Scan older = new Scan("older", NOW);
        for (int i = 0; i < 9; i++) {
            state.apply(new Event.TagDiscovered(FEED, "%02d".formatted(i), DIGEST, older, Scope.SCAN, NOW), NOW, i);
        }
        state.apply(new Event.ScanCompleted(FEED, older, 9, 9, 0, ""), NOW, 9);
        scan(tags(0, 9));
        assertThat(written())
                .containsExactly("scanned 9", "FOLD 1/3 00 01 02", "FOLD 2/3 03 04 05", "FOLD 3/3 06 07 08");
        assertThat(forgotten).containsExactlyInAnyOrderElementsOf(tags(0, 9));
        scan();
        assertThat(written()).containsExactly("scanned 9");
    }

    /** The pages that are there count for nothing, and the next base's owner takes them out. */
    @Test
    void aBaseThatABrokerCutInTheMiddleIsWrittenAnewAndItsPiecesAreForgotten() {
        registry.pages = List.of(tags(0, 30));
        brokerTakes = 5;
        assertThatThrownBy(this::scan).isInstanceOf(LogUnavailableException.class);
        assertThat(state.scannedBefore()).isFalse();
        assertThat(state.tags().size()).isZero();
        written();
        brokerTakes = Integer.MAX_VALUE;
        scan();
        assertThat(written()).startsWith("SCAN 1/10 00 01 02").hasSize(11);
        assertThat(forgotten).contains(":base|17.1|1", ":base|17.1|5");
        assertThat(forgotten).noneMatch(key -> key.startsWith(":base|17.2"));
    }

    /** The one before has died between the base's last page and the words on what that has folded. */
    @Test
    void whatWasLeftHalfDoneIsFinishedAfterTheNextGoodScan() {
        List<FeedEvent> history = new ArrayList<>();
        history.add(new Event.TagDiscovered(FEED, "00", DIGEST, new Scan("a", NOW, 3L, 1L), Scope.TAG, NOW));
        history.add(page(1, 1, 1, 3, tags(0, 1)));
        history.add(page(2, 1, 2, 4, tags(0, 1)));
        history.add(page(2, 2, 2, 4, tags(1, 2)));
        history.add(page(3, 1, 2, 4, tags(5, 6)));
        history.add(new Event.TagDiscovered(FEED, "01", DIGEST, new Scan("a", NOW, 3L, 4L), Scope.TAG, NOW));
        for (int i = 0; i < history.size(); i++) {
            state.apply(history.get(i), NOW, 4 + i);
        }
        registry.pages = List.of(tags(0, 2));
        registry.failure = new Registry.Failed(Event.ScanFailure.UNREACHABLE, "gone", null);
        scan();
        assertThat(forgotten).isEmpty();
        registry.failure = null;
        scan();
        assertThat(forgotten).containsExactlyInAnyOrder("00", ":base|3.1|1", ":base|3.3|1");
        assertThat(state.tags().find("00").orElseThrow().digest()).isNull();
        assertThat(state.tags().find("01").orElseThrow().digest()).isEqualTo(DIGEST);
    }

    private static TagsListed page(long number, int page, int pages, long through, List<String> tags) {
        return new TagsListed(
                FEED,
                new Scan("s" + number, NOW, 3L, number),
                page,
                pages,
                through,
                TagsListed.Origin.SCAN,
                tags,
                Map.of(),
                Map.of());
    }

    /** The record stands against the base: without it the tag would be back. */
    @Test
    void aRemovalFromTheBaseIsNotForgottenBeforeTheFold() {
        scan(tags(0, 40));
        resolve("07", Purpose.ASKED);
        assertThat(state.tags().contains("07")).isFalse();
        List<FeedKey> due = state.logged().removedBefore(FEED, NOW.plus(WINDOW));
        assertThat(due).isEmpty();
        resolve("99", Purpose.ASKED);
        assertThat(state.logged().removedBefore(FEED, NOW.plus(WINDOW))).containsExactly(new FeedKey.OfTag(FEED, "99"));
    }

    /** A page of somebody late under the key of one that is in force: compaction would leave only that. */
    @Test
    void aLatePageOfTheBaseInForceCostsANewBase() {
        scan(tags(0, 4));
        written();
        FeedKey late = new FeedKey.OfPage(FEED, new ScanOrder(EPOCH, 1), 2);
        worker.restate(new LateWrites(Set.of("00", "09"), Set.of(late), false, false, false, false));
        assertThat(written()).containsExactly("scanned 4", "FOLD 1/2 00 01 02", "FOLD 2/2 03");
        assertThat(forgotten).containsExactlyInAnyOrder(":base|17.1|1", ":base|17.1|2", "00", "09");
    }

    /** When the claim that it came behind is compacted, somebody may take it in: a base behind it says what is true. */
    @Test
    void aLatePageOfNewsCostsANewBase() {
        scan(tags(0, 3));
        written();
        FeedKey late = new FeedKey.OfNews(FEED, new ScanOrder(3, 1), 1);
        worker.restate(new LateWrites(Set.of(), Set.of(late), false, false, false, false));
        assertThat(written()).containsExactly("scanned 3", "FOLD 1/1 00 01 02");
        assertThat(forgotten).containsExactlyInAnyOrder(":base|17.1|1", ":news|3.1|1");
    }

    @Test
    void aLatePageOfAnOlderBaseIsForgotten() {
        scan(tags(0, 4));
        written();
        FeedKey late = new FeedKey.OfPage(FEED, new ScanOrder(3, 1), 2);
        worker.restate(new LateWrites(Set.of(), Set.of(late), false, false, false, false));
        assertThat(written()).containsExactly("scanned 4");
        assertThat(forgotten).containsExactly(":base|3.1|2");
    }

    /** Half of a scan's difference is nothing to choose from, and a fold would put it in force. */
    @Test
    void nothingIsFoldedBeforeAScanHasSaidThatItIsComplete() {
        scan(tags(0, 4));
        written();
        Scan dead = new Scan("dead", NOW, 3L, 1L);
        state.apply(new Event.TagDiscovered(FEED, "04", null, dead, Scope.SCAN, NOW), NOW);
        worker.restate(new LateWrites(Set.of(), Set.of(), true, false, false, false));
        assertThat(written()).containsExactly("scanned 5");
        scan(tags(0, 6));
        assertThat(written()).containsExactly("SCAN 1/2 00 01 02", "SCAN 2/2 03 04 05", "scanned 6");
    }

    /** A base that does not take in a page of news would lie under it for good. */
    @Test
    void noBaseIsWrittenBeforeAPageOfNewsIsReadBack() {
        scan(tags(0, 40));
        reading = false;
        scan(tags(0, 46));
        written();
        scan(tags(40, 80));
        assertThat(written()).first().asString().startsWith("page 1/25");
        reading = true;
        scan(tags(80, 90));
        // what was read is older than what was written
        assertThat(written()).first().asString().startsWith("page 1/");
        scan(tags(0, 10));
        assertThat(written()).first().asString().startsWith("SCAN 1/4");
    }

    @Test
    void theWholeFeedIsForgottenPagesAndAll() {
        scan(tags(0, 4));
        resolve("09", Purpose.ASKED);
        worker.forgetFeed();
        assertThat(forgotten).containsExactly(":base|17.1|1", ":base|17.1|2", "09", FEED.text(), FEED.text());
        assertThat(state.isForgotten(FEED)).isTrue();
    }
}
