package dev.tidemark.evaluator;

import static dev.tidemark.evaluator.PushedApps.PATIENCE;
import static dev.tidemark.evaluator.PushedApps.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.replay.Replay;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service against a broker: two replicas share the images, and one of them is killed. */
class PolicyEvaluatorIT {

    private static final int IMAGES = 6;

    @TempDir
    static Path folder;

    private static TestBroker broker;
    private static Log log;
    private static Replica one;
    private static Replica two;
    private static PushedApps apps;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start();
        one = Replica.start(folder.resolve("one"), broker.bootstrapServers());
        two = Replica.start(folder.resolve("two"), broker.bootstrapServers());
        one.awaitReady(PATIENCE);
        two.awaitReady(PATIENCE);
        log = new Log(broker.bootstrapServers(), Replica.PARTITIONS);
        log.watch(Topic.TAG_SELECTED);
        apps = new PushedApps(log, IMAGES);
        apps.begin();
    }

    @AfterAll
    static void stop() {
        log.close();
        one.kill();
        two.kill();
        broker.close();
    }

    @Test
    void answersWhyHaltsAndSurvivesTheDeathOfAReplica() throws Exception {
        apps.push(0, "1.1.0");
        apps.push(0, "0.9.0");
        apps.awaitSelected(0, "1.1.0");

        assertThat(two.get("/policy-evaluator/explain/apps/app-0?tag=0.9.0&cluster=elsewhere"))
                .contains("0.9.0 is outside the range");
        assertThat(one.get("/policy-evaluator/explain/apps/app-0?cluster=elsewhere"))
                .contains("1.1.0 is the choice of the policy");

        assertThat(one.post("/policy-evaluator/control", "{\"action\":\"halt\",\"who\":\"ada\",\"why\":\"drill\"}"))
                .isEqualTo(204);
        apps.push("1.2.0");
        log.watch(Topic.POLICY_DECIDED);
        await().atMost(PATIENCE).until(() -> apps.each().allMatch(PolicyEvaluatorIT::isHalted));
        assertThat(apps.selected(0)).contains("1.1.0");
        assertThat(two.post("/policy-evaluator/control", "{\"action\":\"lift\",\"who\":\"ada\",\"why\":\"over\"}"))
                .isEqualTo(204);
        apps.awaitSelected("1.2.0");

        one.kill();
        Instant killed = Instant.now();
        apps.push("1.3.0");
        apps.awaitSelected("1.3.0");
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
