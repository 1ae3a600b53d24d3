package dev.tidemark.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.replay.Replay;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service against a broker: two replicas share the images, and one of them is killed. */
class PolicyEvaluatorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IMAGES = 6;

    @TempDir
    static Path folder;

    private static TestBroker broker;
    private static Log log;
    private static Replica one;
    private static Replica two;
    private static int second;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start();
        one = Replica.start(folder.resolve("one"), broker.bootstrapServers());
        two = Replica.start(folder.resolve("two"), broker.bootstrapServers());
        one.awaitReady(PATIENCE);
        two.awaitReady(PATIENCE);
        log = new Log(broker.bootstrapServers(), Replica.PARTITIONS);
        log.watch(Topic.TAG_SELECTED);
        for (int image = 0; image < IMAGES; image++) {
            log.write(declared(image));
            push(image, "1.0.0");
            log.write(new Event.ScanCompleted(feed(image), scan(), 1, 1, 0, "checksum"));
        }
        IntStream.range(0, IMAGES).forEach(image -> awaitSelected(image, "1.0.0"));
    }

    @AfterAll
    static void stop() {
        log.close();
        one.kill();
        two.kill();
        broker.close();
    }

    private static Feed feed(int image) {
        return Feed.parse("ghcr.io/my-org/app-" + image + "#");
    }

    private static Target target(int image) {
        return new Target("elsewhere", "ImagePolicy", "apps", "app-" + image);
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

    private static Scan scan() {
        second++;
        return new Scan("scan-" + second, Instant.EPOCH.plusSeconds(second));
    }

    private static void push(int image, String tag) {
        log.write(new Event.TagDiscovered(feed(image), tag, null, scan(), Scope.TAG, Instant.now()));
    }

    private static void awaitSelected(int image, String tag) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> selected(image).filter(tag::equals).isPresent());
    }

    private static Optional<String> selected(int image) {
        return log.newest(target(image).text())
                .map(Envelope::event)
                .map(event -> ((Event.TagSelected) event).tags().getFirst().tag());
    }

    @Test
    void answersWhyHaltsAndSurvivesTheDeathOfAReplica() throws Exception {
        push(0, "1.1.0");
        push(0, "0.9.0");
        awaitSelected(0, "1.1.0");

        assertThat(two.get("/policy-evaluator/explain/apps/app-0?tag=0.9.0&cluster=elsewhere"))
                .contains("0.9.0 is outside the range");
        assertThat(one.get("/policy-evaluator/explain/apps/app-0?cluster=elsewhere"))
                .contains("1.1.0 is the choice of the policy");

        assertThat(one.post("/policy-evaluator/control", "{\"action\":\"halt\",\"who\":\"ada\",\"why\":\"drill\"}"))
                .isEqualTo(204);
        IntStream.range(0, IMAGES).forEach(image -> push(image, "1.2.0"));
        log.watch(Topic.POLICY_DECIDED);
        await().atMost(PATIENCE).until(() -> IntStream.range(0, IMAGES).allMatch(PolicyEvaluatorIT::isHalted));
        assertThat(selected(0)).contains("1.1.0");
        assertThat(two.post("/policy-evaluator/control", "{\"action\":\"lift\",\"who\":\"ada\",\"why\":\"over\"}"))
                .isEqualTo(204);
        IntStream.range(0, IMAGES).forEach(image -> awaitSelected(image, "1.2.0"));

        one.kill();
        Instant killed = Instant.now();
        IntStream.range(0, IMAGES).forEach(image -> push(image, "1.3.0"));
        IntStream.range(0, IMAGES).forEach(image -> awaitSelected(image, "1.3.0"));
        System.getLogger(PolicyEvaluatorIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "all images decided {0} ms after kill -9 of a replica",
                        Duration.between(killed, Instant.now()).toMillis());

        assertThat(log.selectionsOf(target(0).text())).containsExactly("1.0.0", "1.1.0", "1.2.0", "1.3.0");
        Path range = folder.resolve("range.jsonl");
        Files.writeString(range, two.get("/policy-evaluator/export?since=1h"));
        RangeManifest.of(range).writeBeside(range);
        try (RangeFile file = RangeFile.open(range)) {
            assertThat(Replay.of(file).differences()).isEmpty();
        }
    }

    private static boolean isHalted(int image) {
        return log.newestDecision(target(image).text())
                .filter(decided -> decided.reason().equals("Halted"))
                .isPresent();
    }
}
