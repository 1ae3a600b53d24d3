package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings that all services share. Each service has its own under {@code tidemark.<service>}. */
@ConfigMapping(prefix = "tidemark")
public interface TidemarkConfig {

    /** Name of the cluster in targets; tells clusters apart that share a log. */
    @WithDefault("local")
    String cluster();

    /** Partitions of every topic. Cannot change once the log has events: their order per image depends on it. */
    @WithDefault("12")
    int partitions();

    /** Replicas of topics that are created. */
    @WithDefault("1")
    short replicationFactor();

    /** How long decisions and their inputs can be explained and replayed. */
    @WithDefault("30d")
    Duration auditWindow();

    /** Where resources come from. */
    @WithDefault("folder")
    ResourceOrigin resources();

    /** Folder mode: directories or files of manifests, watched. */
    @WithDefault("manifests")
    List<Path> manifests();

    /** Folder mode: whether an unknown field of a manifest is an error, and not only a warning. */
    @WithDefault("false")
    boolean strictManifests();

    /** Folder mode: where status, rendered objects and caches are written. */
    @WithDefault(".tidemark")
    Path state();

    /** Where resources come from. */
    enum ResourceOrigin {
        FOLDER
    }
}
