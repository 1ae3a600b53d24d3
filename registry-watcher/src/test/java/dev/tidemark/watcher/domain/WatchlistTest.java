package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.Resource;
import dev.tidemark.watcher.TestResources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is suspended is not looked at, in the way of its kind. */
class WatchlistTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                 | image.toolkit.fluxcd.io/v1, kind: ImageRepository             | image: ghcr.io/o/a, interval: 1m                | true
            -                 | image.toolkit.fluxcd.io/v1, kind: ImageRepository             | image: ghcr.io/o/a, interval: 1m, suspend: true | false
            enabled           | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | true
            disabled          | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | false
            Disabled          | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | false
            """)
    void leavesOutWhatIsSuspended(String annotation, String kind, String spec, boolean watched) {
        String annotations =
                annotation == null ? "" : ", annotations: {fluxcd.controlplane.io/reconcile: " + annotation + "}";
        TestResources declared = new TestResources()
                .declare("{apiVersion: " + kind + ", metadata: {name: a, namespace: apps" + annotations + "}, spec: {"
                        + spec + "}}");

        assertThat(feeds(declared)).hasSize(watched ? 1 : 0);
        assertThat(declared.followed().watchlist().find(FEED).isPresent()).isEqualTo(watched);
    }

    @ParameterizedTest
    @CsvSource({"+5m, PT5M", ".5h, PT30M", "90000000μs, PT1M30S", "fortnight, PT10M", "1d, PT10M"})
    void readsHowOftenAsGoDoes(String every, Duration interval) {
        assertThat(feeds(provider(every))).singleElement().satisfies(feed -> assertThat(feed.interval())
                .isEqualTo(interval));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-5m", "-1ns"})
    void nothingOrLessMeansNeverByItself(String every) {
        assertThat(feeds(provider(every))).singleElement().satisfies(feed -> assertThat(feed.interval())
                .isGreaterThan(Duration.ofDays(365)));
    }

    /** Of several resources the shortest interval counts, and the longest timeout. */
    @Test
    void aFeedIsScannedAsAllWhoNameItWantIt() {
        TestResources declared = provider("2m").declare("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: b, namespace: other, annotations: {reconcile.fluxcd.io/requestedAt: now}}
                spec: {image: ghcr.io/o/a, interval: 5m}
                """);

        assertThat(feeds(declared)).singleElement().satisfies(feed -> {
            assertThat(feed.interval()).isEqualTo(Duration.ofMinutes(2));
            assertThat(feed.timeout()).isEqualTo(Duration.ofMinutes(5));
            assertThat(feed.requests().values()).containsExactlyInAnyOrder("", "now");
        });
        assertThat(declared.followed().watchlist().find(FEED))
                .hasValueSatisfying(feed -> assertThat(feed.resources()).hasSize(2));
    }

    @Test
    void aRepositoryWithoutAnImageIsToldWhatIsWrong() {
        Resource<?> wrong = TestResources.resource("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: a, namespace: apps}
                spec: {image: 'ghcr.io/o/a:1', interval: 1m, suspend: true}
                """);
        assertThat(FeedDeclaration.of(wrong)).isInstanceOf(FeedDeclaration.Invalid.class);
    }

    private static List<WatchedFeed> feeds(TestResources declared) {
        return declared.followed().watchlist().ofPartition(0);
    }

    private static TestResources provider(String every) {
        return new TestResources()
                .declare("{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, metadata: {name: a,"
                        + " namespace: apps, annotations: {fluxcd.controlplane.io/reconcileEvery: '" + every
                        + "'}}, spec: {type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'}}");
    }
}
