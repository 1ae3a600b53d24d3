package dev.tidemark.evaluator;

import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A few images with a policy each, as the other services write of them into the log. */
final class PushedApps {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Log log;
    private final int images;
    private int second;

    PushedApps(Log log, int images) {
        this.log = log;
        this.images = images;
    }

    static Target target(int image) {
        return new Target("elsewhere", "ImagePolicy", "apps", "app-" + image);
    }

    /** Declares the policies, imports a first tag of each image, and waits until it is selected. */
    void begin() {
        each().forEach(image -> {
            log.write(declared(image));
            push(image, "1.0.0");
            log.write(new Event.ScanCompleted(feed(image), scan(), 1, 1, 0, "checksum"));
        });
        awaitSelected("1.0.0");
    }

    void push(int image, String tag) {
        log.write(new Event.TagDiscovered(feed(image), tag, null, scan(), Scope.TAG, Instant.now()));
    }

    /** Of every image. */
    void push(String tag) {
        each().forEach(image -> push(image, tag));
    }

    Optional<String> selected(int image) {
        return log.newest(target(image).text())
                .map(Envelope::event)
                .map(event -> ((Event.TagSelected) event).tags().getFirst().tag());
    }

    void awaitSelected(int image, String tag) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> selected(image).filter(tag::equals).isPresent());
    }

    /** Of every image. */
    void awaitSelected(String tag) {
        each().forEach(image -> awaitSelected(image, tag));
    }

    IntStream each() {
        return IntStream.range(0, images);
    }

    private Scan scan() {
        second++;
        return new Scan("scan-" + second, Instant.EPOCH.plusSeconds(second));
    }

    private static Feed feed(int image) {
        return Feed.parse("ghcr.io/my-org/app-" + image + "#");
    }

    private static Event.PolicyDeclared declared(int image) {
        return new Event.PolicyDeclared(
                feed(image).image(),
                target(image),
                feed(image),
                feed(image).image().text(),
                new PolicyRule.Semver(">=1.0.0"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
    }
}
