package dev.tidemark.allinone;

import dev.tidemark.testkit.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The broker and the folders of a test of all beans together; stopped after the application. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    /** Nothing listens there: what is measured of a registry is its silence. */
    private static final String MANIFESTS = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: app, namespace: apps}
            spec: {image: "localhost:1/o/app", interval: 1h}
            """;

    private @Nullable TestBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("tidemark-all-beans");
            Path manifests = Files.createDirectory(folder.resolve("manifests"));
            Files.writeString(manifests.resolve("all.yaml"), MANIFESTS);
            TestBroker started = TestBroker.start(folder.resolve("kafka"));
            broker = started;
            return Map.of(
                    "kafka.bootstrap.servers", started.bootstrapServers(),
                    "tidemark.state", folder.resolve("state").toString(),
                    "tidemark.manifests", manifests.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
