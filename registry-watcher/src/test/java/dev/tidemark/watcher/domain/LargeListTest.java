package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.reconcile.LargeScans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a list of a hundred thousand tags costs the log and the memory when it says nothing new, and at most. */
class LargeListTest extends OneFeedWorker {

    private static final int TAGS = 100_000;
    private static final int PAGE = 1_000;

    private static List<String> tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1.0." + i).toList();
    }

    private static List<List<String>> pages(List<String> tags) {
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from < tags.size(); from += PAGE) {
            pages.add(tags.subList(from, Math.min(tags.size(), from + PAGE)));
        }
        return pages;
    }

    /** {@code scanned} goes to {@code feed-scanned}, one record whatever the list's length. */
    @Test
    void anUnchangedListWritesNothingOfItsTags() {
        registry.pages = pages(tags(TAGS));
        scan();
        written();
        List<String> inAnyOrder = new ArrayList<>(tags(TAGS));
        Collections.shuffle(inAnyOrder, new Random(4));
        registry.pages = pages(inAnyOrder);
        scan();
        assertThat(written()).containsExactly("scanned " + TAGS);
    }

    @Test
    void aScanHoldsOnlyWhatItDidNotKnow() {
        KnownTags known = new KnownTags();
        tags(TAGS).forEach(tag -> known.put(new KnownTags.Known(tag, null, null)));
        int before = known.bytes();
        TagScan scan = TagScan.begin(known);
        for (int listed = 0; listed < 2; listed++) {
            tags(TAGS).forEach(scan::listed);
            scan.listed("new");
        }
        assertThat(scan.count()).isEqualTo(TAGS + 1);
        assertThat(scan.held()).isEqualTo(1);
        assertThat(known.bytes()).isEqualTo(before);
        assertThat(scan.difference()).isEqualTo(new TagScan.Difference(List.of("new"), List.of()));
    }

    /** However many large images are new at once, two of them are held; the others let urgent things in meanwhile. */
    @Test
    void aLargeFirstScanWaitsForRoomAndGivesItsOwnBack() throws InterruptedException {
        List<ScanRoom.Place> others = new ArrayList<>();
        for (int i = 0; i < LargeScans.AT_ONCE; i++) {
            ScanRoom.Place other = large.place();
            other.fit(LargeScans.SMALL + 1, () -> {});
            others.add(other);
        }
        int few = LargeScans.SMALL + 2 * PAGE;
        registry.pages = pages(tags(few));
        CountDownLatch waits = new CountDownLatch(few / PAGE);
        Thread scan = Thread.startVirtualThread(() -> worker.scan(WATCHED, Urgency.ROUTINE, null, waits::countDown));
        // urgent things came in more often than between pages: it waits
        waits.await();
        assertThat(log).isEmpty();
        others.getFirst().close();
        scan.join();
        assertThat(state.tags().size()).isEqualTo(few);

        ScanRoom.Place next = large.place();
        next.fit(LargeScans.SMALL + 1, () -> {
            throw new AssertionError("the scan kept its place");
        });
    }

    @Test
    void aScanOfWhatIsKnownNeverWaits() {
        registry.pages = pages(tags(TAGS));
        scan();
        written();
        for (int i = 0; i < LargeScans.AT_ONCE; i++) {
            large.place().fit(LargeScans.SMALL + 1, () -> {});
        }
        scan();
        assertThat(written()).containsExactly("scanned " + TAGS);
    }

    @Test
    void aListBeyondTheBoundIsRefusedAndWritesNothingOfItsTags() {
        registry.pages = pages(tags(FeedScanner.MAX_TAGS + PAGE));
        scan();
        assertThat(written()).containsExactly("failed UNREADABLE_ANSWER");
        assertThat(state.tags().size()).isZero();
    }
}
