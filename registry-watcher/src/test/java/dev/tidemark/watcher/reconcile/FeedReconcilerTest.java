package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of the registry, and in which order. */
class FeedReconcilerTest extends OneFeed {

    @Test
    void equalRequestsCoalesceAndNeverOverlap() {
        scanned();
        registry.push(FEED.image(), "gate", DIGEST);
        registry.push(FEED.image(), "2.0", DIGEST);
        registry.gate("gate");
        notify("gate");
        world.settle();
        notify("2.0");
        notify("2.0");
        world.settle();
        registry.open("gate");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("gate", "2.0");
    }

    /** The older one was read again after a restart: its tag is known, what the newer one tells of may not be. */
    @Test
    void theNewestOfThoseWhoShareARequestStandsForAll() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        world.pass(Duration.ofMinutes(5));
        registry.forgetAsked();
        for (boolean oldFirst : List.of(true, false)) {
            registry.gate("gate");
            notify("gate");
            world.settle();
            Instant old = World.BEGIN.minusSeconds(60);
            notify("2.0", oldFirst ? old : world.now());
            notify("2.0", oldFirst ? world.now() : old);
            world.settle();
            registry.open("gate");
            assertThat(isAllDone()).isTrue();
            // what the newer one told of may be another tag: a scan
            assertThat(registry.asked())
                    .as("old first: " + oldFirst)
                    .containsExactly("gate", "2.0", "page 1", "page 2");
            registry.forgetAsked();
        }
    }

    @Test
    void aTagComesInBetweenTwoPagesOfAScan() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        registry.gate("page 1");
        notify(null);
        world.settle();
        notify("2.0");
        world.settle();
        registry.open("page 1");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("page 1", "2.0", "page 2");
    }

    @Test
    void aBurstOfNewTagsIsToldOnceWithoutAnotherScan() {
        scanned();
        int before = watcher.statuses().size();
        for (String tag : List.of("new", "new2", "new3")) {
            registry.push(FEED.image(), tag, DIGEST);
            notify(tag);
        }
        assertThat(isAllDone()).isTrue();
        assertThat(watcher.statuses().subList(before, watcher.statuses().size()))
                .containsExactly("known 4 ");
        assertThat(registry.asked()).containsExactly("new", "new2", "new3");
    }

    /** ADR 40. */
    @Test
    void inAClusterWhatWebhooksBringIsToldByTheNextScan() {
        watcher = new SimulatedWatcher(
                "cluster",
                world,
                group,
                1,
                log,
                registry,
                10_000,
                new TestResources(),
                new TestStatuses().whereWritesCost());
        scanned();
        int before = watcher.statuses().size();
        for (String tag : List.of("new", "new2", "new3")) {
            registry.push(FEED.image(), tag, DIGEST);
            notify(tag);
        }
        assertThat(isAllDone()).isTrue();
        assertThat(watcher.statuses()).hasSize(before);
        assertThat(registry.asked()).containsExactly("new", "new2", "new3");

        notify(null);
        assertThat(isAllDone()).isTrue();
        assertThat(watcher.statuses()).hasSize(before + 1).last().isEqualTo("scanned 4 ");
    }

    @Test
    void aRegistryThatIsBackIsAskedAtOnceWhatWasPutOff() {
        scanned();
        registry.push(FEED.image(), "2.0", DIGEST);
        registry.setRefusal(new Registry.Failed(ScanFailure.RATE_LIMITED, "busy", Duration.ofMinutes(15)));
        watcher.request(FEED, "2.0", CheckPurpose.DIGEST_ONCE, null);
        world.settle();
        registry.setRefusal(null);
        notify(null);
        world.settle();
        assertThat(registry.asked()).containsExactly("2.0", "page 1", "page 2", "2.0");
    }

    /** The word of another tag was lost, or the sender names one of several (case 11). */
    @Test
    void aWebhookThatBringsNothingNewIsFollowedByAScan() {
        scanned();
        notify("old");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("old", "page 1", "page 2");
    }

    @Test
    void webhooksThatBringNothingNewShareAScan() {
        scanned();
        registry.gate("gate");
        notify("gate");
        world.settle();
        notify("old");
        notify("older");
        notify("old");
        world.settle();
        registry.open("gate");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("gate", "old", "older", "page 1", "page 2");
    }

    /** Registries tell of each platform of an image, or again when an answer took long. */
    @Test
    void aSenderThatRepeatsItselfCostsNoScan() {
        scanned();
        registry.push(FEED.image(), "new", DIGEST);
        notify("new");
        world.settle();
        notify("new");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("new", "new");
    }

    @Test
    void aWebhookDoesNotWaitForDigestsThatSomebodyRequests() {
        scanned();
        registry.push(FEED.image(), "gate", DIGEST);
        registry.push(FEED.image(), "new", DIGEST);
        registry.gate("gate");
        notify("gate");
        world.settle();
        watcher.request(FEED, "old", CheckPurpose.DIGEST_ONCE, null);
        world.settle();
        notify("new");
        world.settle();
        registry.open("gate");
        world.settle();
        assertThat(registry.asked()).containsExactly("gate", "new", "old");
    }

    /** A claim is settled soon, whatever the registry asks for: the scans have the patience. */
    @Test
    void aRegistryThatAsksForMuchPatienceDoesNotKeepAWebhookUnsettled() {
        scanned();
        registry.setRefusal(new Registry.Failed(ScanFailure.RATE_LIMITED, "busy", Duration.ofMinutes(15)));
        notify("2.0");
        assertThat(isAllDone()).isTrue();
        assertThat(registry.asked()).containsExactly("2.0", "page 1");
        world.pass(Duration.ofMinutes(14));
        assertThat(registry.asked()).hasSize(2);
        registry.setRefusal(null);
        registry.push(FEED.image(), "2.0", DIGEST);
        world.pass(Duration.ofMinutes(2));
        assertThat(log.discovered()).contains("2.0");
    }

    @Test
    void afterSomeTriesAScanTakesOver() {
        scanned();
        registry.setSilent(Duration.ofSeconds(1));
        notify("2.0");
        world.pass(Duration.ofMinutes(2));
        assertThat(registry.asked()).startsWith("2.0", "2.0", "2.0", "2.0", "2.0", "page 1");
        assertThat(isAllDone()).isTrue();
    }

    @Test
    void anErrorInAScanIsItsOutcomeAndTheFeedGoesOn() {
        scanned();
        registry.fault("page 1", new AssertionError("what nobody thought of"));
        notify(null);
        assertThat(isAllDone()).isTrue();
        assertThat(watcher.statuses())
                .anySatisfy(status ->
                        assertThat(status).startsWith("failed ").contains("report it", "what nobody thought of"));
        assertThat(watcher.statuses()).last().isEqualTo("scanned 1 ");
    }

    @Test
    void aFaultWithATagIsSaidAndTheNextTagGoesOn() {
        scanned();
        registry.push(FEED.image(), "new", DIGEST);
        registry.fault("fault", new IllegalStateException("too strange"));
        notify("fault");
        world.settle();
        notify("new");
        world.settle();
        assertThat(watcher.statuses()).last().asString().contains("too strange");
        assertThat(log.discovered()).contains("new");
        assertThat(isAllDone()).isTrue();
    }

    @Test
    void whoRequestsADigestOfAFeedThatNobodyNamesIsServedWhenSomebodyDoes() {
        watcher.watch();
        watcher.start();
        world.settle();
        registry.push(FEED.image(), "1.0", DIGEST);
        watcher.request(FEED, "1.0", CheckPurpose.DIGEST_ONCE, null);
        watcher.request(FEED, "../no/tag", CheckPurpose.DIGEST_ONCE, null);
        world.pass(Duration.ofMinutes(1));
        assertThat(registry.asked()).isEmpty();
        watcher.watch(FEED);
        world.pass(Duration.ofSeconds(11));
        assertThat(registry.asked()).containsExactly("page 1", "page 2", "1.0");
    }

    @Test
    void aDigestIsFollowedWhileThatIsRequested() {
        scanned();
        watcher.request(FEED, "old", CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(10));
        world.pass(Duration.ofSeconds(35));
        assertThat(registry.asked()).containsExactly("old", "old", "old", "old");
        watcher.request(FEED, "old", null, null);
        world.pass(Duration.ofMinutes(5));
        assertThat(registry.asked()).hasSize(4);
    }
}
