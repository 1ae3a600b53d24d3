package dev.tidemark.benchmarks.policies;

import static dev.tidemark.benchmarks.policies.LoadLog.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two replicas as processes, one is killed: {@code FailoverLoad <rounds> <file>}. Adds to the file how long it takes from
 * kill -9 to the last of the decisions on tags that are pushed right after it, to every image.
 */
public final class FailoverLoad implements AutoCloseable {

    private static final int PARTITIONS = 12;
    private static final int IMAGES = 100;
    private static final int TAGS = 400;

    /** A replica that is killed in practice has been at work for hours. */
    private static final int WARM_UP = 20;

    private final LoadLog log;
    private final List<Process> replicas = new ArrayList<>();

    private FailoverLoad(LoadLog log) {
        this.log = log;
    }

    public static void main(String[] args) throws Exception {
        Quiet.please();
        try (var log = new LoadLog(PARTITIONS, Path.of(args[1]));
                var load = new FailoverLoad(log)) {
            load.run(Integer.parseInt(args[0]));
        }
        System.exit(0);
    }

    private void run(int rounds) throws Exception {
        for (int image = 0; image < IMAGES; image++) {
            log.write(LoadLog.policy(image, image));
            log.scan(image, TAGS);
        }
        replicas.add(start());
        replicas.add(start());
        log.awaitSelections(IMAGES);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < WARM_UP; i++) {
                pushAll(); // both are at work, and what a rebalance delayed is done
            }
            replicas.removeFirst().destroyForcibly().waitFor();
            long killed = System.nanoTime();
            long last = pushAll();
            log.say("kill -9 of one of two replicas to the last of %d decisions: %.1f s"
                    .formatted(IMAGES, (last - killed) / 1e9));
            replicas.add(start());
        }
    }

    private long pushAll() {
        List<String> tags = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            tags.add(log.push(image));
        }
        long last = 0;
        for (int image = 0; image < IMAGES; image++) {
            last = Math.max(last, log.awaitSelected(target(image), tags.get(image)));
        }
        return last;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        EvaluatorReplica.class.getName(),
                        log.clients().bootstrapServers(),
                        Integer.toString(PARTITIONS))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void close() {
        replicas.forEach(Process::destroyForcibly);
    }
}
