package dev.tidemark.benchmarks.log;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.log.TopicTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long a table of an idle topic takes to say that it has everything: the first step of every commit. Takes a number
 * of questions and the file that gets the result.
 */
public final class CatchUpLatency {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 130;
    private static final int PARTITIONS = 2;

    private CatchUpLatency() {}

    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("tidemark-catch-up");
        var broker = EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false));
        var clients =
                LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)));
        new TopicProvisioner(clients, "benchmark").provision();
        long[] micros = new long[count];
        try (broker;
                var letters = new DeadLetters(clients, "letters");
                var table = new TopicTable(Topic.TAG_SELECTED, clients, "table", letters, keys -> {})) {
            table.start();
            for (int i = 0; i < count; i++) {
                // not in step with the fetch, which waits for 500 ms
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                long begin = System.nanoTime();
                if (!table.catchUp(LIMIT)) {
                    throw new IllegalStateException("the table did not catch up within " + LIMIT);
                }
                micros[i] = (System.nanoTime() - begin) / 1_000;
            }
        }
        Arrays.sort(micros);
        Files.writeString(
                Path.of(arguments[1]),
                "catch up, idle topic, n %d: min %d µs, median %d µs, p90 %d µs, max %d µs\n"
                        .formatted(count, micros[0], micros[count / 2], micros[count * 9 / 10], micros[count - 1]),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
