package dev.tidemark.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/** A running broker. {@link #start} returns when topics can be made; {@link #close} stops it cleanly. */
public final class EmbeddedBroker implements AutoCloseable {

    private final BrokerSettings settings;
    private final KafkaRaftServer server;

    private EmbeddedBroker(BrokerSettings settings, KafkaRaftServer server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * Formats the folder when it is new, starts, and aborts the transactions that an earlier life left open.
     *
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        boolean used = Files.exists(settings.folder().resolve("meta.properties"));
        if (!used) {
            format(settings);
        }
        UnreadRates.in(KafkaYammerMetrics.defaultRegistry());
        var server = new KafkaRaftServer(new KafkaConfig(settings.properties()), Time.SYSTEM);
        server.startup();
        // one that asks for proof serves other processes, too: their transactions are theirs to end
        if (used && settings.security().isEmpty()) {
            OpenTransactions.abort(settings.bootstrapServers());
        }
        return new EmbeddedBroker(settings, server);
    }

    private static void format(BrokerSettings settings) {
        var output = new ByteArrayOutputStream();
        String folder = settings.folder().toString();
        try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            Files.createDirectories(settings.folder());
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder)
                    .addDirectory(folder)
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(printer)
                    .setScramArguments(settings.security()
                            .map(BrokerSecurity::scramArguments)
                            .orElse(List.of()))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's folder " + folder + " cannot be written", e);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the broker's folder " + folder + " could not be formatted: "
                            + output.toString(StandardCharsets.UTF_8),
                    e);
        }
    }

    /** A port on the loopback interface that nothing listens on at this moment. */
    public static int freePort() {
        try {
            return FreePort.on(InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback interface", e);
        }
    }

    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
