package dev.tidemark.evaluator;

import static dev.tidemark.evaluator.PushedApps.PATIENCE;
import static dev.tidemark.evaluator.PushedApps.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.replay.Replay;
import dev.tidemark.evaluator.kafka.RangeExport;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service has recorded, exported and decided once more without it and without its broker. */
class RecordedRangeIT {

    private static final int IMAGES = 3;
    private static final int PUSHES = 4;

    @TempDir
    private Path folder;

    private TestBroker broker;
    private Replica replica;
    private Log log;
    private PushedApps apps;

    @BeforeEach
    void record() throws Exception {
        broker = TestBroker.start();
        replica = Replica.start(folder.resolve("replica"), broker.bootstrapServers());
        replica.awaitReady(PATIENCE);
        log = new Log(broker.bootstrapServers(), Replica.PARTITIONS);
        log.watch(Topic.TAG_SELECTED);
        apps = new PushedApps(log, IMAGES);
        apps.begin();
        pushAll(1);
    }

    @AfterEach
    void stop() {
        log.close();
        replica.kill();
        broker.close();
    }

    /** All that there is, over the management listener. */
    @Test
    void whatIsExportedComesOutTheSameAndOneAlteredRecordIsFound() throws Exception {
        Path range = folder.resolve("range.jsonl");
        Files.writeString(range, replica.get("/policy-evaluator/export?since=1h"));
        RangeManifest.of(range).writeBeside(range);
        stopAll();

        Replay.Result result = replay(range);

        assertThat(result.differences()).isEmpty();
        assertThat(result.decisions()).isGreaterThanOrEqualTo(IMAGES * (1L + PUSHES));
        assertThat(result.selections()).isEqualTo(IMAGES * (1L + PUSHES));
        assertThat(result.leftOut()).isZero();

        edit(
                range,
                line -> line.contains("\"tag-selected\"") && line.contains("app-1")
                        ? line.replace("1.3.0", "1.2.9")
                        : line);

        assertThat(replay(range).differences()).singleElement().satisfies(difference -> {
            assertThat(difference.target()).isEqualTo(target(1).text());
            assertThat(Files.readAllLines(range).get((int) difference.line() - 1))
                    .contains("tag-selected", "1.2.9");
        });
    }

    /** Of the time before only the state is there: the newest record of each key. */
    @Test
    void aRangeThatBeginsInTheMiddleComesOutTheSame() throws Exception {
        Instant middle = Instant.now();
        assertThat(replica.post("/policy-evaluator/control", "{\"action\":\"halt\",\"who\":\"ada\",\"why\":\"drill\"}"))
                .isEqualTo(204);
        apps.push("2.0.0");
        assertThat(replica.post("/policy-evaluator/control", "{\"action\":\"lift\",\"who\":\"ada\",\"why\":\"over\"}"))
                .isEqualTo(204);
        apps.awaitSelected("2.0.0");
        pushAll(2);
        Path range = folder.resolve("range.jsonl");
        var clients = LogClients.at(
                broker.bootstrapServers(), new LogSettings(Replica.PARTITIONS, (short) 1, Duration.ofDays(30)));
        Clock clock = Clock.systemUTC();
        try (OutputStream out = Files.newOutputStream(range)) {
            new RangeExport(clients, "elsewhere", "policy-evaluator/1", Duration.ZERO, clock)
                    .range(Duration.between(middle, clock.instant()))
                    .write(out);
        }
        RangeManifest.of(range).writeBeside(range);
        stopAll();

        assertThat(Files.readAllLines(range))
                .filteredOn(line -> line.contains("\"tag-selected\"") && line.contains("app-0"))
                .as("the newest of before, and what followed")
                .hasSize(1 + 1 + PUSHES);
        Replay.Result result = replay(range);

        assertThat(result.differences()).isEmpty();
        assertThat(result.selections()).isEqualTo(IMAGES * (1L + PUSHES));
        edit(
                range,
                line -> line.contains("\"tag-discovered\"") && line.contains("app-2")
                        ? line.replace("2.2.0", "2.1.9")
                        : line);
        assertThat(replay(range).differences())
                .extracting(Replay.Difference::target)
                .containsExactly(target(2).text());
    }

    private void stopAll() {
        replica.kill();
        broker.close();
    }

    private static Replay.Result replay(Path range) {
        try (RangeFile file = RangeFile.open(range)) {
            return Replay.of(file);
        }
    }

    /** With a manifest of what it is now: nothing but a replay sees it. */
    private static void edit(Path range, UnaryOperator<String> edit) throws IOException {
        List<String> before = Files.readAllLines(range);
        List<String> after = before.stream().map(edit).toList();
        assertThat(after).isNotEqualTo(before);
        Files.writeString(range, String.join("\n", after) + "\n");
        RangeManifest.of(range).writeBeside(range);
    }

    private void pushAll(int major) {
        for (int push = 1; push <= PUSHES; push++) {
            String tag = major + "." + push + ".0";
            apps.push(tag);
            apps.awaitSelected(tag);
        }
    }
}
