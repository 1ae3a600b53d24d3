package dev.tidemark.allinone;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.runtime.PrivateFiles;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Starts the broker and the services beside it. {@link Shutdown} stops the broker when they are gone. */
@QuarkusMain
public final class AllInOne {

    /** The folder is held by another process, or cannot be used. Not 3: a JVM that runs out of memory ends with it. */
    static final int EXIT_UNUSABLE_STATE = 5;

    /** A port that was asked for is taken. */
    static final int EXIT_PORT_IN_USE = 4;

    private AllInOne() {}

    public static void main(String... args) {
        // before the first file: the log's, the broker's
        var unused = PrivateFiles.only();
        Config config = ConfigProvider.getConfig();
        Path folder =
                Path.of(config.getOptionalValue("tidemark.state", String.class).orElse(".tidemark"));
        try {
            PortInUseException.check("127.0.0.1", brokerPort(config), "tidemark.broker.port");
            StateFolder state = StateFolder.take(folder.toAbsolutePath().normalize());
            Listen listen = Listen.choose(config, state);
            listen.use();
            LogPartitions.use(config, state.kafka());
            config.getOptionalValue("tidemark.parent-pid", Long.class).ifPresent(AllInOne::endWith);
            BrokerSettings broker = settings(config, state);
            System.setProperty("kafka.bootstrap.servers", broker.bootstrapServers());
            Installation.start(state, listen, broker);
            Quarkus.run(Announcement.class, (code, reason) -> ended(code, reason, listen), args);
        } catch (StateFolder.UnusableException e) {
            end(e, EXIT_UNUSABLE_STATE);
        } catch (PortInUseException e) {
            end(e, EXIT_PORT_IN_USE);
        } catch (IOException e) {
            end(e, EXIT_UNUSABLE_STATE);
        }
    }

    /** Somebody may have taken a port since it was found free: it is the last thing that a start needs. */
    private static void ended(int code, @Nullable Throwable reason, Listen listen) {
        Optional<PortInUseException> taken = PortInUseException.in(reason, listen);
        if (taken.isPresent()) {
            end(taken.get(), EXIT_PORT_IN_USE);
        } else if (reason != null) {
            System.getLogger(AllInOne.class.getName()).log(Level.ERROR, "Tidemark does not start", reason);
        }
        System.exit(code);
    }

    private static void end(Exception reason, int code) {
        System.err.println("tidemark: " + reason.getMessage());
        System.exit(code);
    }

    private static int brokerPort(Config config) {
        return config.getOptionalValue("tidemark.broker.port", Integer.class).orElse(0);
    }

    private static BrokerSettings settings(Config config, StateFolder state) {
        int port = brokerPort(config);
        boolean flushAlways = config.getOptionalValue("tidemark.broker.flush", String.class)
                .map("always"::equals)
                .orElse(false);
        return new BrokerSettings(
                state.kafka(), port == 0 ? EmbeddedBroker.freePort() : port, EmbeddedBroker.freePort(), flushAlways);
    }

    /** A demo that was killed must not leave its services behind. */
    private static void endWith(long parent) {
        Optional<ProcessHandle> process = ProcessHandle.of(parent);
        if (process.isEmpty()) {
            System.exit(0);
        }
        var unused = process.orElseThrow().onExit().thenRun(() -> System.exit(0));
    }
}
