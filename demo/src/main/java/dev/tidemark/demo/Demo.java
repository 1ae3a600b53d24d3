package dev.tidemark.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.demo.registry.DemoRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything around the services: the registry, the Git repository, the manifests that the examples expect. */
public final class Demo implements AutoCloseable {

    private final DemoFolder folder;
    private final FileLock lock;
    private final DemoSecrets secrets;
    private final Fleet fleet;
    private final DemoRegistry server;
    private final RegistryClient registry;

    private Demo(DemoFolder folder, FileLock lock, DemoSecrets secrets, Fleet fleet, DemoRegistry server) {
        this.folder = folder;
        this.lock = lock;
        this.secrets = secrets;
        this.fleet = fleet;
        this.server = server;
        this.registry = new RegistryClient(server.address());
    }

    /**
     * Prepares the folder, which may be one that was used before and left in any state, and starts the registry.
     *
     * @param lock makes this process the only demo on the folder
     */
    public static Demo open(DemoFolder folder, FileLock lock, Instant now, SecureRandom random)
            throws IOException, InterruptedException {
        DemoSecrets secrets = DemoSecrets.random(random);
        Files.createDirectories(folder.registry());
        Fleet fleet = Fleet.prepare(folder.fleet(), now);
        DemoManifests.write(folder, secrets);
        DemoRegistry server = DemoRegistry.start(folder.registry(), 0);
        Demo demo = new Demo(folder, lock, secrets, fleet, server);
        if (demo.registry.tags().isEmpty()) {
            demo.registry.push(Scenario.REPOSITORY, Scenario.FIRST_VERSION);
        }
        return demo;
    }

    public DemoFolder folder() {
        return folder;
    }

    /** Where the registry is that stands in for {@value Scenario#HOST}. */
    public URI address() {
        return server.address();
    }

    public Fleet fleet() {
        return fleet;
    }

    /**
     * From now on pushes are told to the services, and the {@code push} command finds the registry. A run before this one
     * may have ended between a push and its notification, so the newest one is told again.
     */
    public void connect(URI http) throws IOException, InterruptedException {
        server.notify(secrets.hook(http));
        List<String> tags = registry.tags();
        if (tags.size() > 1) {
            registry.push(Scenario.REPOSITORY, Versions.highest(tags));
        }
        Files.writeString(
                folder.description(),
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Map.of(
                                "registry", address().toString(),
                                "pid", ProcessHandle.current().pid())));
    }

    /** Whether both models show the highest version that is in the registry: only then is a push measured alone. */
    public boolean settled() throws IOException, InterruptedException {
        String highest = Versions.highest(registry.tags());
        return Effects.renderedTag(folder.kustomization()).equals(Optional.of(highest))
                && fleet.deployedImage().equals(Scenario.IMAGE + ':' + highest);
    }

    /** Which version to push next. */
    public String nextVersion() throws IOException, InterruptedException {
        return Versions.next(registry.tags());
    }

    /** Pushes and waits for both effects, no longer than {@code limit}. */
    public Pusher.Outcome push(String version, Duration limit) throws IOException, InterruptedException {
        return new Pusher(registry, fleet, folder.kustomization()).push(version, limit);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.description());
        registry.close();
        server.close();
        fleet.close();
        lock.channel().close();
    }
}
