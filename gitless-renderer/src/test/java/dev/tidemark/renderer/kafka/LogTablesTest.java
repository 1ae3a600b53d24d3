package dev.tidemark.renderer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderNews;
import dev.tidemark.runtime.log.InMemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogTablesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Resource<ResourceSetInputProviderSpec> PROVIDER =
            Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSetInputProvider
            metadata: {name: tags, namespace: apps}
            spec:
              type: OCIArtifactTag
              url: oci://ghcr.io/my-org/my-app
            """);
    private static final Feed FEED = ((Feeds.Outcome.Valid) Feeds.ofProvider(PROVIDER)).feed();

    private final InMemoryLog log = new InMemoryLog(2);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LogTables tables = new LogTables("local", log.clients(), log.deadLetters(), () -> new ProviderNews() {
        @Override
        public void selected(Set<ResourceId> providers) {
            heard.add("selected " + providers);
        }

        @Override
        public void scanned(Set<String> feeds) {
            heard.add("scanned " + feeds);
        }

        @Override
        public void polled(Set<String> feeds) {
            heard.add("polled " + feeds);
        }
    });

    @AfterEach
    void close() {
        tables.close();
    }

    private void select(String kind, String tag, long sequence) {
        log.append(
                new Event.TagSelected(
                        new Target("local", kind, "apps", "tags"),
                        new ImageName("ghcr.io/my-org/my-app"),
                        "ghcr.io/my-org/my-app",
                        List.of(new SelectedTag(tag, null)),
                        List.of(),
                        sequence,
                        NOW),
                NOW);
    }

    private ProviderFacts facts() {
        tables.catchUp();
        return tables.facts(PROVIDER);
    }

    @Test
    void tellsWhatTheLogSaysOfAProvider() {
        select("ResourceSetInputProvider", "1.0.0", 1);
        select("ImagePolicy", "9.9.9", 1);
        Scan scan = new Scan("s", NOW);
        log.append(new Event.FeedScanned(FEED, scan, 1, "c", NOW), NOW);
        log.append(new ScanFailed(FEED, scan, Event.ScanFailure.NOT_FOUND, "no such repository", null), NOW);
        tables.start();

        ProviderFacts facts = facts();

        assertThat(facts.selection())
                .extracting(selection -> selection.event().tags())
                .isEqualTo(List.of(new SelectedTag("1.0.0", null)));
        assertThat(facts.poll()).isNotNull();
        assertThat(facts.failure()).extracting(ScanFailed::message).isEqualTo("no such repository");
        assertThat(facts.decision()).isNull();
    }

    private static Event.FeedScanned good(long number) {
        return new Event.FeedScanned(FEED, new Scan("g", NOW, 7L, number), 1, "c", NOW, 7L);
    }

    private static ScanFailed failed(long number) {
        Scan scan = new Scan("f", NOW, 7L, number);
        return new ScanFailed(FEED, scan, Event.ScanFailure.UNREACHABLE, "no route", null);
    }

    /** All tags are not read for it, nor is an older watcher's word among them. */
    @Test
    void aFailureIsOverWithTheNextGoodScan() throws InterruptedException {
        log.append(good(1), NOW);
        log.append(Topic.TAG_DISCOVERED, FEED.text(), new byte[] {1}, Map.of());
        tables.start();
        assertThat(facts().failure()).isNull();
        assertThat(heard.take()).isEqualTo("scanned []");
        assertThat(heard.take()).isEqualTo("polled [" + FEED + "]");

        log.append(failed(2), NOW);
        assertThat(heard.take()).isEqualTo("scanned [" + FEED + "]");
        assertThat(heard.take()).isEqualTo("polled []");
        // due at once after a start: the good scan that it names was before
        log.append(good(1), NOW);
        assertThat(heard.take()).isEqualTo("scanned []");
        assertThat(facts().failure()).isEqualTo(failed(2));
        assertThat(heard.take()).isEqualTo("polled [" + FEED + "]");

        log.append(good(3), NOW);
        assertThat(heard.take()).isEqualTo("scanned [" + FEED + "]");
        assertThat(facts().failure()).isNull();
        assertThat(heard.take()).isEqualTo("polled []");
        log.append(good(4), NOW);
        assertThat(heard.take()).isEqualTo("scanned []");
        assertThat(heard.take()).isEqualTo("polled [" + FEED + "]");
        assertThat(log.putAside()).isZero();
    }

    @Test
    void whatWasTakenBackIsNotThere() {
        select("ResourceSetInputProvider", "1.0.0", 1);
        log.tombstone(Topic.TAG_SELECTED, "local/ResourceSetInputProvider/apps/tags", Map.of());
        tables.start();

        assertThat(facts()).isEqualTo(ProviderFacts.NONE);
    }

    @Test
    void saysWhichProviderChangedAfterTheTablesShowIt() throws InterruptedException {
        tables.start();
        tables.catchUp();

        select("ImagePolicy", "9.9.9", 1);
        select("ResourceSetInputProvider", "1.0.0", 1);

        assertThat(heard.take()).isEqualTo("selected [ResourceSetInputProvider/apps/tags]");
        assertThat(tables.facts(PROVIDER).selection()).isNotNull();
    }

    @Test
    void aRecordThatNobodyCanReadIsPutAsideAndTheOthersCount() {
        log.append(Topic.TAG_SELECTED, "local/ResourceSetInputProvider/apps/tags", new byte[] {1}, Map.of());
        select("ResourceSetInputProvider", "1.0.0", 1);
        tables.start();

        assertThat(facts().selection()).isNotNull();
        assertThat(log.putAside()).isOne();
    }
}
