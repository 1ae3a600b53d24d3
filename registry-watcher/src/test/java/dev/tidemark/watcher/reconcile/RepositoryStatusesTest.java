package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.KnownTags;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoryStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ResourceId ID = new ResourceId("ImageRepository", "apps", "app");

    private final Memory store = new Memory();

    private static ResourceSnapshot declare(String spec) throws Exception {
        JsonNode object = FluxJson.readYaml(
                "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: app,"
                        + " namespace: apps, generation: 3, annotations: {reconcile.fluxcd.io/requestedAt: now}},"
                        + " spec: {interval: 1m, " + spec + "}}");
        Resource<?> resource = ((ResourceReader.Outcome.Read) ResourceReader.read(object)).resource();
        return new ResourceSnapshot(Map.of(resource.id(), resource), List.of());
    }

    private ImageRepositoryStatus scanned(String spec, String... tags) throws Exception {
        ResourceSnapshot snapshot = declare(spec);
        FeedState state = new FeedState();
        for (String tag : tags) {
            state.tags().put(new KnownTags.Known(tag, null, null));
        }
        statuses(snapshot).scanned(watched(snapshot), state, new Scan("s", NOW), NOW);
        return store.status();
    }

    /** As a webhook's tag between two scans. */
    @Test
    void aTagThatComesBetweenScansIsShownWithTheTimeOfTheScan() throws Exception {
        ResourceSnapshot snapshot = declare("image: nginx");
        FeedState state = new FeedState();
        state.tags().put(new KnownTags.Known("1.0", null, null));
        Scan scan = new Scan("s", NOW.minusSeconds(60));
        statuses(snapshot).scanned(watched(snapshot), state, scan, NOW.minusSeconds(50));
        ImageRepositoryStatus.ScanResult before = store.result();

        state.tags().put(new KnownTags.Known("1.1", null, NOW));
        statuses(snapshot).known(watched(snapshot), state, scan);

        assertThat(store.result().tagCount()).isEqualTo(2);
        assertThat(store.result().latestTags()).containsExactly("1.1", "1.0");
        assertThat(store.result().revision()).isNotEqualTo(before.revision());
        assertThat(store.result().scanTime()).isEqualTo(before.scanTime());
        assertThat(ready(store.status()).message()).startsWith("successful scan: found 2 tags");
        state.tags().put(new KnownTags.Known("1.2.sig", null, NOW));
        ImageRepositoryStatus.ScanResult unexcluded = store.result();
        statuses(snapshot).known(watched(snapshot), state, scan);
        assertThat(store.result()).isEqualTo(unexcluded);
    }

    /** Its status may be of another image, or of an earlier scan. */
    @Test
    void aResourceThatIsNewToAFeedShowsItsLastScan() throws Exception {
        scanned("image: ghcr.io/o/other", "1.0");
        ResourceSnapshot snapshot = declare("image: nginx");
        Scan last = new Scan("s", NOW.minusSeconds(60));
        statuses(snapshot).known(watched(snapshot), new FeedState(), last);
        assertThat(store.result().scanTime()).isEqualTo(NOW.minusSeconds(60));
    }

    private ImageRepositoryStatus failed(ScanFailure reason, String message) throws Exception {
        ResourceSnapshot snapshot = declare("image: ghcr.io/o/a");
        FeedState state = new FeedState();
        FeedState.Failure failure = new FeedState.Failure(reason, message);
        state.failed(failure, NOW.plusSeconds(30));
        statuses(snapshot).failed(watched(snapshot), state, failure);
        return store.status();
    }

    private RepositoryStatuses statuses(ResourceSnapshot snapshot) {
        return new RepositoryStatuses(() -> snapshot, store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static WatchedFeed watched(ResourceSnapshot snapshot) {
        return Watchlist.of(snapshot).feeds().values().iterator().next();
    }

    private static Condition ready(ImageRepositoryStatus status) {
        return status.conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhatAScanFoundThroughTheExclusionList() throws Exception {
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
    void aBadExclusionPatternIsRetried() throws Exception {
        ImageRepositoryStatus status = scanned("image: nginx, exclusionList: ['(']", "1.0");
        assertThat(ready(status).reason()).isEqualTo("ReadOperationFailed");
        assertThat(ready(status).message()).contains("failed to compile regex (");
    }

    @Test
    void anAccessProblemNamesItsCauseAndKeepsTheLastResult() throws Exception {
        scanned("image: ghcr.io/o/a", "1.0");
        ImageRepositoryStatus status = failed(ScanFailure.CONFIGURATION, "Secret 'apps/creds' not found: create it");
        assertThat(ready(status).status()).isEqualTo("False");
        assertThat(ready(status).reason()).isEqualTo("AuthenticationFailed");
        assertThat(ready(status).message())
                .isEqualTo("failed to configure authentication options: Secret 'apps/creds' not found: create it");
        assertThat(status.lastScanResult()).isNotNull();
    }

    @Test
    void aFailedListIsAReadOperationThatFailed() throws Exception {
        ImageRepositoryStatus status = failed(ScanFailure.AUTHENTICATION_FAILED, "UNAUTHORIZED: no");
        assertThat(ready(status).reason()).isEqualTo("ReadOperationFailed");
        assertThat(ready(status).message()).isEqualTo("scan failed: UNAUTHORIZED: no");
        assertThat(status.conditions().getFirst().message())
                .isEqualTo("scan failed: UNAUTHORIZED: no; next try at " + NOW.plusSeconds(30));
        assertThat(status.observedGeneration()).isZero();
    }

    @Test
    void anImageWithATagStalls() throws Exception {
        ResourceSnapshot snapshot = declare("image: 'ghcr.io/o/a:1'");
        Watchlist.of(snapshot).invalid().forEach(statuses(snapshot)::invalid);
        assertThat(store.status().conditions())
                .extracting(Condition::type, Condition::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Stalled", "ImageURLInvalid"),
                        org.assertj.core.groups.Tuple.tuple("Ready", "ImageURLInvalid"));
    }

    private static final class Memory implements StatusStore {
        private final Map<ResourceId, Object> written = new HashMap<>();

        ImageRepositoryStatus status() {
            return read(ID, ImageRepositoryStatus.class).orElseThrow();
        }

        ImageRepositoryStatus.ScanResult result() {
            return Objects.requireNonNull(status().lastScanResult());
        }

        @Override
        public <T> Optional<T> read(ResourceId id, Class<T> type) {
            return Optional.ofNullable(written.get(id)).map(type::cast);
        }

        @Override
        public void write(Resource<?> resource, Object status) {
            written.put(resource.id(), status);
        }

        @Override
        public void remove(ResourceId id) {
            written.remove(id);
        }
    }
}
