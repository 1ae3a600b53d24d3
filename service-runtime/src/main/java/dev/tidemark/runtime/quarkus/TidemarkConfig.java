package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings that all services share. Each service has its own under {@code tidemark.<service>}. */
@ConfigMapping(prefix = "tidemark")
public interface TidemarkConfig {

    /**
     * Name of the cluster in targets. Clusters may share a broker, never a topic: every cluster but {@code local} has its
     * name and a dot before the names of its topics, groups and transactions.
     */
    @WithDefault("local")
    String cluster();

    /** What stands before those names instead, its separator included; for a cluster whose name Kafka would not take. */
    Optional<String> topicPrefix();

    /**
     * Partitions of every topic. Cannot change once the log has events: their order per image depends on it. All-in-one
     * takes as many as its log was made with, and one in a new state folder.
     */
    @WithDefault("12")
    int partitions();

    /** Replicas of topics that are created. A cluster of three brokers and more sets 3. */
    @WithDefault("1")
    short replicationFactor();

    /**
     * How many replicas of a topic that is created must have a record before it counts as written. By default one less than
     * there are replicas, and at least one: with 3 replicas 2.
     */
    Optional<Integer> minInSyncReplicas();

    /** How long decisions and their inputs can be explained and replayed. */
    @WithDefault("30d")
    Duration auditWindow();

    /** Where resources come from: {@code folder}, or {@code kubernetes} for the cluster of the kubeconfig or the Pod. */
    @WithDefault("folder")
    ResourceOrigin resources();

    /**
     * Whether a policy may use an ImageRepository, an automation a GitRepository, a Receiver wake and a ResourceSet depend on
     * something of another namespace; false is Flux's {@code --no-cross-namespace-refs}. ResourceSets take inputs from their
     * own namespace only.
     */
    @WithDefault("true")
    boolean crossNamespaceRefs();

    /** Folder mode: directories or files of manifests, watched. */
    @WithDefault("manifests")
    List<Path> manifests();

    /** Folder mode: whether an unknown field of a manifest is an error, and not only a warning. */
    @WithDefault("false")
    boolean strictManifests();

    /** Folder mode: where status, rendered objects and caches are written. */
    @WithDefault(".tidemark")
    Path state();

    /** Whether the log is JSON, an object a line, whose {@code mdc} has the keys and values of the message. */
    @WithDefault("false")
    boolean logJson();

    /** Where resources come from. */
    enum ResourceOrigin {
        FOLDER,
        KUBERNETES
    }
}
