package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** D1: a process that was paused between its proof and its record writes late, when somebody else has its images. */
class LateWriterTest extends OneFeed {

    private static Predicate<Publication> next(Class<? extends Event> type) {
        return publication -> publication instanceof Publication.Fact fact
                && type.isInstance(fact.envelope().event());
    }

    /** The one that is paused, and who has its images from now on. */
    private World.Replica pausedAndSucceeded(Duration clockOffsetOfTheNext) {
        World.Replica paused = watcher.process();
        assertThat(paused.isFrozen()).isTrue();
        group.expel(paused);
        watcher = watcher("second");
        watcher.process().setClockOffset(clockOffsetOfTheNext);
        start();
        return paused;
    }

    private List<SharedLog.Written> writtenSince(int count) {
        return log.records().subList(count, log.records().size());
    }

    @Test
    void whatItSaysOfATagIsUnheardAndOverwritten() {
        scanned();
        log.freezeBefore(watcher.process(), next(Event.TagRemoved.class));
        watcher.request(FEED, "2.0", CheckPurpose.CONFIRM_GONE, null);
        world.pass(Duration.ofSeconds(1));
        World.Replica paused = pausedAndSucceeded(Duration.ofMinutes(-2));
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        int before = log.records().size();

        paused.thaw();
        world.pass(Duration.ofSeconds(1));

        assertThat(writtenSince(before)).first().satisfies(late -> {
            assertThat(late.by()).isEqualTo("first");
            assertThat(late.key()).isEqualTo("ghcr.io/o/a#|2.0");
        });
        assertThat(log.taken().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
        assertThat(log.takenOfCompacted().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
        assertThat(writtenSince(before))
                .filteredOn(record -> record.key().endsWith("|2.0"))
                .last()
                .satisfies(again -> assertThat(again.by()).isEqualTo("second"));
    }

    @Test
    void itsScanEndsUnheardAndTheOwnersOwnSaysHowThingsAre() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        log.freezeBefore(watcher.process(), next(Event.ScanCompleted.class));
        notify(null);
        world.pass(Duration.ofSeconds(1));
        World.Replica paused = pausedAndSucceeded(Duration.ofMinutes(2));
        assertThat(isAllDone()).isTrue();
        int before = log.records().size();

        paused.thaw();
        world.pass(Duration.ofSeconds(5));

        assertThat(writtenSince(before))
                .filteredOn(record ->
                        record.topic() == Topic.TAG_DISCOVERED && record.key().equals(FEED.text()))
                .extracting(SharedLog.Written::by)
                .containsExactly("first", "second");
        assertThat(log.takenOfCompacted()).isEqualTo(log.taken());
        assertThat(log.taken().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
    }

    /** It says that the next scan has time, where the owner has said that it has none. */
    @Test
    void itsScheduleDoesNotTakeBackThatTheFeedIsDueAtOnce() {
        scanned();
        log.freezeBefore(watcher.process(), next(Event.FeedScanned.class));
        notify(null);
        world.pass(Duration.ofSeconds(1));
        World.Replica paused = pausedAndSucceeded(Duration.ZERO);
        assertThat(isAllDone()).isTrue();
        int before = log.records().size();
        paused.thaw();
        world.pass(Duration.ofSeconds(1));
        List<SharedLog.Written> schedules = writtenSince(before).stream()
                .filter(record -> record.topic() == Topic.FEED_SCANNED)
                .toList();
        assertThat(schedules).extracting(SharedLog.Written::by).containsExactly("first", "second", "second");
        // until the scan that this asks for has ended
        assertThat(Objects.requireNonNull(schedules.get(1).envelope()).event())
                .isInstanceOfSatisfying(Event.FeedScanned.class, due -> assertThat(due.nextDue())
                        .isBeforeOrEqualTo(world.now()));
    }

    /** The feed was forgotten here, and is there again. */
    @Test
    void itsTombstonesDoNotHideWhatIsKnown() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        world.pass(Duration.ofSeconds(1));
        watcher.watch();
        log.freezeBefore(watcher.process(), Publication.Tombstone.class::isInstance);
        world.pass(SimulatedWatcher.WINDOW.plusHours(1));
        World.Replica paused = pausedAndSucceeded(Duration.ZERO);
        int before = log.records().size();
        paused.thaw();
        world.pass(Duration.ofSeconds(1));
        assertThat(writtenSince(before))
                .filteredOn(record -> record.key().contains("|:base|"))
                .extracting(record -> record.by()
                        + ' '
                        + record.key().substring(FEED.text().length())
                        + ' '
                        + (record.envelope() != null))
                .containsExactly("first |:base|0.1|1 false", "second |:base|4.1|1 true", "second |:base|0.1|1 false");
        assertThat(log.takenOfCompacted().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
        paused.kill();
        group.expel(paused);
        restart("third");
        assertThat(watcher.owned().find(FEED).orElseThrow().state().tags().contains("old"))
                .isTrue();
        assertThat(watcher.owned().find(FEED).orElseThrow().state().tags().contains("2.0"))
                .isTrue();
    }

    /** The owner dies before it has heard of it: the next one mends what its load finds. */
    @Test
    void whatNobodyHasOverwrittenIsMendedByTheNextOwner() {
        scanned();
        log.freezeBefore(watcher.process(), next(Event.TagRemoved.class));
        watcher.request(FEED, "2.0", CheckPurpose.CONFIRM_GONE, null);
        world.pass(Duration.ofSeconds(1));
        World.Replica paused = pausedAndSucceeded(Duration.ZERO);
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        watcher.process().kill();
        paused.thaw();
        world.pass(Duration.ofSeconds(1));
        assertThat(log.takenOfCompacted().get(FEED)).doesNotContain("2.0");
        restart("third");
        assertThat(log.taken().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
        assertThat(log.takenOfCompacted().get(FEED)).containsExactlyInAnyOrder("old", "2.0");
    }

    /** The registry has no such tag, so no scan would ever say a word of it. */
    @Test
    void aTagThatIsGoneAndWasWrittenLateIsMendedByTheNextOwnersLoad() {
        scanned();
        registry.push(FEED.image(), "3.0", DIGEST);
        log.freezeBefore(watcher.process(), next(Event.TagDiscovered.class));
        notify("3.0");
        world.pass(Duration.ofSeconds(1));
        World.Replica paused = pausedAndSucceeded(Duration.ZERO);
        assertThat(isAllDone()).isTrue();
        registry.delete(FEED.image(), "3.0");
        watcher.request(FEED, "3.0", CheckPurpose.CONFIRM_GONE, null);
        world.pass(Duration.ofSeconds(5));
        assertThat(log.taken().get(FEED)).doesNotContain("3.0");
        watcher.process().kill();
        paused.thaw();
        world.pass(Duration.ofSeconds(1));

        restart("third");

        assertThat(log.takenOfCompacted().get(FEED)).doesNotContain("3.0");
    }

    /** Its very claim comes late: who owns the partition gives it up, and the group says whose it is. */
    @Test
    void aClaimThatComesLateCostsTheOwnerANewOne() {
        log.freezeBefore(watcher.process(), next(Event.PartitionClaimed.class));
        watcher.watch(FEED);
        watcher.start();
        world.pass(Duration.ofSeconds(2));
        SimulatedWatcher first = watcher;
        World.Replica paused = pausedAndSucceeded(Duration.ZERO);
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        assertThat(isAllDone()).isTrue();

        paused.thaw();
        world.pass(Duration.ofSeconds(10));
        registry.push(FEED.image(), "3.0", DIGEST);
        notify("3.0");
        assertThat(isAllDone()).isTrue();

        assertThat(first.isReady() && watcher.isReady()).isTrue();
        assertThat(log.taken().get(FEED)).containsExactlyInAnyOrder("2.0", "3.0");
    }
}
