package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.KnownTags;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepositoryStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ResourceId ID = new ResourceId("ImageRepository", "apps", "app");

    private final World world = new World(5);
    private final TestResources declared = new TestResources();
    private final WatcherResources resources = declared.followed();
    private final TestStatuses store = new TestStatuses();
    private final Ownership mine = new Ownership() {
        @Override
        public Optional<Epoch> epoch(int partition) {
            return Optional.of(new Epoch(partition, 1));
        }

        @Override
        public boolean fence(Epoch epoch) {
            return true;
        }
    };
    private final StatusPublisher publisher = new StatusPublisher(
            store.as("me"),
            (resource, type, reason, message) -> {},
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0, new Random(1)),
            world.replica("me"));
    private final RepositoryStatuses statuses = new RepositoryStatuses(
            resources.declared(),
            new StatusOwners(mine, resources.partitions()),
            publisher,
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final FeedWorker.ScanListener listener = statuses.of(StatusOwner.of(mine, new Epoch(0, 1)));

    @AfterEach
    void end() {
        world.end();
    }

    private WatchedFeed declare(String spec) {
        declared.declare("{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: app,"
                + " namespace: apps, generation: 3, annotations: {reconcile.fluxcd.io/requestedAt: now}},"
                + " spec: {interval: 1m, " + spec + "}}");
        return resources.watchlist().ofPartition(0).stream().findFirst().orElseThrow();
    }

    private ImageRepositoryStatus status() {
        world.settle();
        return store.find(ID, ImageRepositoryStatus.class).orElseThrow();
    }

    private ImageRepositoryStatus.ScanResult result() {
        return Objects.requireNonNull(status().lastScanResult());
    }

    private ImageRepositoryStatus scanned(String spec, String... tags) {
        WatchedFeed watched = declare(spec);
        FeedState state = new FeedState();
        for (String tag : tags) {
            state.tags().put(new KnownTags.Known(tag, null, null));
        }
        listener.scanned(watched, state, new Scan("s", NOW), NOW);
        return status();
    }

    /** As a webhook's tag between two scans. */
    @Test
    void aTagThatComesBetweenScansIsShownWithTheTimeOfTheScan() {
        WatchedFeed watched = declare("image: nginx");
        FeedState state = new FeedState();
        state.tags().put(new KnownTags.Known("1.0", null, null));
        Scan scan = new Scan("s", NOW.minusSeconds(60));
        listener.scanned(watched, state, scan, NOW.minusSeconds(50));
        ImageRepositoryStatus.ScanResult before = result();

        state.tags().put(new KnownTags.Known("1.1", null, NOW));
        listener.known(watched, state, scan);

        assertThat(result().tagCount()).isEqualTo(2);
        assertThat(result().latestTags()).containsExactly("1.1", "1.0");
        assertThat(result().revision()).isNotEqualTo(before.revision());
        assertThat(result().scanTime()).isEqualTo(before.scanTime());
        assertThat(ready(status()).message()).startsWith("successful scan: found 2 tags");
        state.tags().put(new KnownTags.Known("1.2.sig", null, NOW));
        ImageRepositoryStatus.ScanResult unexcluded = result();
        listener.known(watched, state, scan);
        assertThat(result()).isEqualTo(unexcluded);
    }

    /** Its status may be of another image, or of an earlier scan. */
    @Test
    void aResourceThatIsNewToAFeedShowsItsLastScan() {
        scanned("image: ghcr.io/o/other", "1.0");
        WatchedFeed watched = declare("image: nginx");
        Scan last = new Scan("s", NOW.minusSeconds(60));
        listener.known(watched, new FeedState(), last);
        assertThat(result().scanTime()).isEqualTo(NOW.minusSeconds(60));
    }

    private ImageRepositoryStatus failed(ScanFailure reason, String message) {
        WatchedFeed watched = declare("image: ghcr.io/o/a");
        FeedState state = new FeedState();
        FeedState.Failure failure = new FeedState.Failure(reason, message);
        state.failed(new Scan("f", NOW), failure, NOW.plusSeconds(30));
        listener.failed(watched, state, failure);
        return status();
    }

    private static Condition ready(ImageRepositoryStatus status) {
        return status.conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhatAScanFoundThroughTheExclusionList() {
        ImageRepositoryStatus status =
                scanned("image: nginx, exclusionList: ['^dev']", "1.0", "1.10", "1.9", "dev-1", "a.sig");
        assertThat(status.canonicalImageName()).isEqualTo("index.docker.io/library/nginx");
        assertThat(status.observedExclusionList()).containsExactly("^dev");
        assertThat(status.lastHandledReconcileAt()).isEqualTo("now");
        assertThat(status.observedGeneration()).isEqualTo(3);
        ImageRepositoryStatus.ScanResult result = Objects.requireNonNull(status.lastScanResult());
        assertThat(result.tagCount()).isEqualTo(4);
        assertThat(result.latestTags()).containsExactly("a.sig", "1.9", "1.10", "1.0");
        assertThat(ready(status).reason()).isEqualTo("Succeeded");
        assertThat(ready(status).message())
                .isEqualTo("successful scan: found 4 tags with checksum " + result.revision());
    }

    @Test
    void aBadExclusionPatternIsRetried() {
        ImageRepositoryStatus status = scanned("image: nginx, exclusionList: ['(']", "1.0");
        assertThat(ready(status).reason()).isEqualTo("ReadOperationFailed");
        assertThat(ready(status).message()).contains("failed to compile regex (");
    }

    @Test
    void anAccessProblemNamesItsCauseAndKeepsTheLastResult() {
        scanned("image: ghcr.io/o/a", "1.0");
        ImageRepositoryStatus status = failed(ScanFailure.CONFIGURATION, "Secret 'apps/creds' not found: create it");
        assertThat(ready(status).status()).isEqualTo("False");
        assertThat(ready(status).reason()).isEqualTo("AuthenticationFailed");
        assertThat(ready(status).message())
                .isEqualTo("failed to configure authentication options: Secret 'apps/creds' not found: create it");
        assertThat(status.lastScanResult()).isNotNull();
    }

    @Test
    void aFailedListIsAReadOperationThatFailed() {
        ImageRepositoryStatus status = failed(ScanFailure.AUTHENTICATION_FAILED, "UNAUTHORIZED: no");
        assertThat(ready(status).reason()).isEqualTo("ReadOperationFailed");
        assertThat(ready(status).message()).isEqualTo("scan failed: UNAUTHORIZED: no");
        assertThat(status.conditions().getFirst().message())
                .isEqualTo("scan failed: UNAUTHORIZED: no; next try at " + NOW.plusSeconds(30));
        assertThat(status.observedGeneration()).isZero();
    }

    @Test
    void anImageWithATagStalls() {
        declared.declare("{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: app,"
                + " namespace: apps}, spec: {interval: 1m, image: 'ghcr.io/o/a:1'}}");
        resources.declared().all(Kinds.IMAGE_REPOSITORY).forEach(statuses::checked);
        assertThat(status().conditions())
                .extracting(Condition::type, Condition::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Stalled", "ImageURLInvalid"),
                        org.assertj.core.groups.Tuple.tuple("Ready", "ImageURLInvalid"));
    }
}
