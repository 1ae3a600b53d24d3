package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When what was notified counts as done, and what is known after a start, an outage, or a long time. */
class FeedDurabilityTest extends OneFeed {

    @Test
    void whatIsNotifiedOfAnImageThatNobodyNamesIsDone() {
        watcher.watch();
        watcher.start();
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void aFeedThatNobodyNamesAnyMoreSettlesWhatWaits() {
        scanned();
        registry.gate("gate");
        notify("gate");
        world.settle();
        notify("2.0");
        world.settle();
        watcher.watch();
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("gate");
        watcher.watch(FEED);
        world.pass(Duration.ofSeconds(11));
        assertThat(watcher.statuses()).last().isEqualTo("known 1 ");
    }

    /** P4: the work takes as long as it takes, and the record is finished once the log says that the feed is due. */
    @Test
    void aNotificationWhoseRegistryDoesNotAnswerIsDoneWhenTheFeedIsDueAtOnce() {
        scanned();
        registry.setSilent(Duration.ofMinutes(1));
        notify("2.0");
        world.pass(Duration.ofSeconds(50));
        assertThat(group.committed(0)).isZero();
        world.pass(Duration.ofSeconds(15));
        assertThat(isAllDone()).isTrue();
        Event.FeedScanned due = (Event.FeedScanned) log.events()
                .filter(Event.FeedScanned.class::isInstance)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(due.nextDue()).isBefore(world.now());

        registry.setSilent(null);
        registry.push(FEED.image(), "2.0", DIGEST);
        restart("second");
        assertThat(log.discovered()).containsExactly("old", "2.0");
        assertThat(registry.asked()).endsWith("page 1", "page 2");
    }

    /** P4: nothing is held for what was notified of a registry that is dead, and the other images go on. */
    @Test
    void aDeadRegistryAndAFloodHoldNoMemory() {
        scanned();
        registry.setSilent(Duration.ofMinutes(1));
        int flood = 5 * FeedRequests.MAX_CLAIMS;
        for (int i = 0; i < flood; i++) {
            notify("t" + i);
        }
        world.pass(Duration.ofMinutes(3));
        assertThat(isAllDone()).isTrue();
        for (int i = 0; i < flood; i++) {
            notify("u" + i);
        }
        world.pass(Duration.ofSeconds(1));
        assertThat(isAllDone()).isTrue();
        OwnedFeed feed = watcher.owned().find(FEED).orElseThrow();
        assertThat(feed.requests().size()).isEqualTo(FeedRequests.MAX_CLAIMS);

        registry.setSilent(null);
        registry.push(FEED.image(), "t17", DIGEST);
        registry.push(FEED.image(), "u" + (flood - 1), DIGEST);
        world.pass(Duration.ofHours(2));
        assertThat(log.discovered()).containsExactlyInAnyOrder("old", "t17", "u" + (flood - 1));
        assertThat(feed.requests().size()).isZero();
    }

    /** What is finished by that word while a scan runs may be missing in its list: the word stands. */
    @Test
    void aScanThatBeganBeforeANotificationWasFinishedDoesNotTakeTheWordBack() {
        scanned();
        registry.gate("page 1");
        notify(null);
        world.settle();
        registry.gate("2.0");
        notify("2.0");
        world.settle();
        registry.open("page 1");
        world.settle();
        // between the pages, the registry does not answer
        registry.gate("page 2");
        registry.setRefusal(new Registry.Failed(ScanFailure.UNREACHABLE, "no answer", null));
        registry.open("2.0");
        world.settle();
        registry.setRefusal(null);
        registry.push(FEED.image(), "2.0", DIGEST);
        registry.gate("2.0");
        registry.open("page 2");
        assertThat(isAllDone()).isTrue();
        restart("second");
        assertThat(log.discovered()).containsOnlyOnce("2.0");
    }

    @Test
    void aBrokerThatIsAwayIsTriedAgainAndNothingIsDoneMeanwhile() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        log.setAway(true);
        notify("2.0");
        world.pass(Duration.ofMinutes(1));
        assertThat(group.committed(0)).isZero();
        log.setAway(false);
        world.pass(Duration.ofMinutes(2));
        assertThat(isAllDone()).isTrue();
        assertThat(log.discovered()).containsExactly("old", "2.0");
    }

    @Test
    void whatIsNotANotificationIsADeadLetter() {
        scanned();
        group.append(FEED.image().text(), null);
        Event stray = new Event.TagCheckWanted(FEED, "1", CheckPurpose.DIGEST_ONCE, null);
        group.append(FEED.image().text(), Envelope.first(stray, "test", world.now()));
        group.append(0, null, new byte[] {1});
        assertThat(isAllDone()).isTrue();
        assertThat(watcher.deadLetters())
                .containsExactly(
                        "not a notification: no value",
                        "not a notification: dev.tidemark.tag-check-wanted.v1",
                        "the record has no key");
    }

    /** Status must not call a request handled that no scan has followed. */
    @Test
    void aRequestIsScannedBeforeItIsTold() {
        scanned();
        watcher.watch("at start", FEED);
        world.pass(Duration.ofSeconds(1));
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
        assertThat(watcher.statuses())
                .filteredOn(status -> status.endsWith("at start"))
                .first()
                .isEqualTo("scanned 1 at start");
        restart("second");
        watcher.watch("later", FEED);
        world.pass(Duration.ofSeconds(1));
        assertThat(watcher.statuses())
                .filteredOn(status -> status.endsWith("later"))
                .first()
                .isEqualTo("scanned 1 later");
    }

    @Test
    void withoutARequestTheLastScanIsToldAndTheNextOneWaits() {
        scanned();
        restart("second");
        assertThat(watcher.statuses()).containsExactly("known 1 ");
        assertThat(registry.asked()).isEmpty();
        world.pass(SimulatedWatcher.INTERVAL);
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
    }

    @Test
    void aFeedWhoseStatusCannotBeReadIsTriedAgain() {
        scanned();
        watcher.process().kill();
        group.expel(watcher.process());
        watcher = watcher("second");
        watcher.setStatusUnreadable(true);
        notify("2.0");
        registry.push(FEED.image(), "2.0", DIGEST);
        // only where somebody has asked for a run the status says whether it was handled
        watcher.watch("before", FEED);
        watcher.start();
        world.pass(Duration.ofSeconds(2));
        assertThat(log.discovered()).doesNotContain("2.0");
        watcher.setStatusUnreadable(false);
        world.pass(Duration.ofMinutes(1));
        assertThat(log.discovered()).contains("2.0");
        assertThat(isAllDone()).isTrue();
    }

    /** F10: what nobody has named for the audit window leaves the memory and the log, and nothing else does. */
    @Test
    void aFeedThatNobodyNamesIsForgottenAfterTheAuditWindow() {
        Feed other = new Feed(new ImageName("ghcr.io/o/b"), "apps/key");
        registry.push(FEED.image(), "old", DIGEST);
        registry.push(other.image(), "other", DIGEST);
        watcher.watch(FEED, other);
        watcher.start();
        world.settle();
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        world.settle();
        watcher.watch(other);
        world.pass(SimulatedWatcher.WINDOW.minusHours(2));
        assertThat(watcher.owned().find(FEED)).isPresent();
        world.pass(Duration.ofHours(3));
        assertThat(watcher.owned().find(FEED)).isEmpty();
        assertThat(watcher.owned().find(other)).isPresent();
        assertThat(log.records().stream()
                        .filter(record -> record.envelope() == null)
                        .map(record -> record.topic() + " " + record.key()))
                .containsExactly(
                        "TAG_DISCOVERED ghcr.io/o/a#|:base|0.1|1",
                        "TAG_DISCOVERED ghcr.io/o/a#|2.0",
                        "TAG_DISCOVERED ghcr.io/o/a#",
                        "FEED_SCANNED ghcr.io/o/a#");

        watcher.process().kill();
        group.expel(watcher.process());
        watcher = watcher("second");
        watcher.watch(other);
        watcher.start();
        world.settle();
        assertThat(watcher.owned().find(FEED)).isEmpty();
    }

    /** A folder that is not mounted at a start says nothing about what was declared. */
    @Test
    void whatIsNotNamedForAMomentIsNotForgottenHoweverOldItIs() {
        scanned();
        watcher.process().kill();
        group.expel(watcher.process());
        world.pass(SimulatedWatcher.WINDOW.plusHours(5));
        watcher = watcher("second");
        watcher.watch();
        watcher.start();
        world.pass(Duration.ofMinutes(30));
        assertThat(log.records()).noneMatch(record -> record.envelope() == null);
        watcher.watch(FEED);
        world.pass(Duration.ofHours(3));
        assertThat(log.records()).noneMatch(record -> record.envelope() == null);
        watcher.watch();
        world.pass(SimulatedWatcher.WINDOW.minusHours(2));
        assertThat(log.records()).noneMatch(record -> record.envelope() == null);
    }

    /** D1: who reads the log ignores older scans, and two machines' clocks say nothing about what is older. */
    @Test
    void aWatcherWhoseClockIsAheadDoesNotMakeLaterScansOld() {
        watcher.process().setClockOffset(Duration.ofMinutes(2));
        scanned();
        notify("old");
        assertThat(isAllDone()).isTrue();
        restart("second");
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        registry.push(FEED.image(), "3.0", DIGEST);
        notify(null);
        assertThat(isAllDone()).isTrue();
        assertThat(log.taken().get(FEED)).containsExactlyInAnyOrder("old", "2.0", "3.0");
        // and the next scan is due by the clock of whoever scans
        registry.forgetAsked();
        world.pass(SimulatedWatcher.INTERVAL.minusMinutes(1));
        assertThat(registry.asked()).isEmpty();
        world.pass(Duration.ofMinutes(1));
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
    }
}
