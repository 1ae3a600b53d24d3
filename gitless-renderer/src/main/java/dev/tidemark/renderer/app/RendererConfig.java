package dev.tidemark.renderer.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The renderer's own settings. */
@ConfigMapping(prefix = "tidemark.gitless-renderer")
public interface RendererConfig {

    /**
     * Whether objects also get the labels {@code resourceset.fluxcd.io/name} and {@code /namespace}. Switch off where
     * objects are handed over from or back to Flux Operator, which does not set them.
     */
    @WithDefault("true")
    boolean seedLabels();

    /** The wait after a first failure; doubled with each further one, up to {@link #retryMax()}. */
    @WithDefault("750ms")
    Duration retryMin();

    /** The longest wait between two attempts. */
    @WithDefault("15m")
    Duration retryMax();

    /**
     * In a cluster: the service account, of a ResourceSet's own namespace, that objects are applied as where the ResourceSet
     * names none in {@code spec.serviceAccountName}. Set it where namespaces belong to different people; without it such
     * objects are applied with the renderer's own rights.
     */
    Optional<String> defaultServiceAccount();

    /** Percentage that the interval varies by, so that ResourceSets of one age do not all run at once. */
    @WithDefault("5")
    int intervalJitterPercentage();
}
