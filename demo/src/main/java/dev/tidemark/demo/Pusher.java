package dev.tidemark.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Pushes a version and measures what it causes. */
public final class Pusher {

    private final RegistryClient registry;
    private final Fleet fleet;
    private final Path kustomization;

    public Pusher(RegistryClient registry, Fleet fleet, Path kustomization) {
        this.registry = registry;
        this.fleet = fleet;
        this.kustomization = kustomization;
    }

    /**
     * What a push caused.
     *
     * @param acknowledgedAt when the registry had acknowledged the manifest, on the scale of {@link System#nanoTime}
     * @param commit empty when none came in time
     * @param rendered empty when the file did not show the tag in time
     */
    public record Outcome(
            String version,
            long acknowledgedAt,
            Optional<Effects.Landed<Fleet.Commit>> commit,
            Optional<Effects.Landed<Effects.Rendered>> rendered) {

        public String image() {
            return Scenario.IMAGE + ':' + version;
        }

        /** Whether both models did their work. */
        public boolean complete() {
            return commit.isPresent() && rendered.isPresent();
        }
    }

    /** Pushes and waits for both effects, no longer than {@code limit}. */
    public Outcome push(String version, Duration limit) throws IOException, InterruptedException {
        Effects effects = Effects.watch(fleet, kustomization, version, limit);
        registry.push(Scenario.REPOSITORY, version);
        long acknowledgedAt = System.nanoTime();
        return new Outcome(version, acknowledgedAt, effects.commit(), effects.rendered());
    }
}
