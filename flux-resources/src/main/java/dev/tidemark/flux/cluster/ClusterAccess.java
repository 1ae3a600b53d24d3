package dev.tidemark.flux.cluster;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster as a person uses it, with that person's rights. */
public final class ClusterAccess implements AutoCloseable {

    /** The kubelet sets it for every container. */
    private static final String API_SERVER_OF_THE_POD = "KUBERNETES_SERVICE_HOST";

    private final ClusterApi api;
    private final String server;
    private final Clock clock;

    private ClusterAccess(Config config, Clock clock) {
        this.api = new ClusterApi(config, ClusterApi.Patience.OF_A_PERSON);
        this.server = config.getMasterUrl();
        this.clock = clock;
    }

    /**
     * The cluster that a kubeconfig names.
     *
     * @param kubeconfig its files, of which the first that says something counts, as for kubectl; at least one
     * @param context empty for the current one
     * @throws IllegalArgumentException where a file cannot be read, or there is no such context, or not all of it
     */
    public static ClusterAccess of(List<Path> kubeconfig, String context, Clock clock) {
        Kubeconfig files = Kubeconfig.read(kubeconfig);
        files.demand(context);
        try {
            Config config = Config.empty();
            @Nullable String named = context.isEmpty() ? null : context;
            KubeConfigUtils.merge(
                    config,
                    named,
                    kubeconfig.stream()
                            .map(file -> KubeConfigUtils.parseConfig(file.toFile()))
                            .toArray(io.fabric8.kubernetes.api.model.Config[]::new));
            return new ClusterAccess(config, clock);
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException(
                    "the kubeconfig " + files.file() + " cannot be used: 'kubectl config view' may say why", e);
        }
    }

    /**
     * The cluster whose pod this process is, with the rights of the pod's service account; for where there is no kubeconfig.
     * Empty outside of a pod, and in one that has no token.
     */
    public static Optional<ClusterAccess> ofThePod(Clock clock) {
        if (System.getenv(API_SERVER_OF_THE_POD) == null) {
            return Optional.empty();
        }
        Config config = Config.autoConfigure(null);
        return config.getAutoOAuthToken() == null ? Optional.empty() : Optional.of(new ClusterAccess(config, clock));
    }

    /** The contexts that a kubeconfig has; none where it cannot be read. */
    public static List<String> contexts(List<Path> kubeconfig) {
        try {
            return Kubeconfig.read(kubeconfig).contexts();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    /** Where its API server is. */
    public String server() {
        return server;
    }

    public ObjectView view() {
        return new ClusterView(api, clock);
    }

    public ClusterEdits edits() {
        return new ClusterEdits(api, new ClusterSource(api, ClusterSettings.ALL, clock, Runnable::run));
    }

    /**
     * Opens the way to the management port of the Tidemark in a namespace.
     *
     * @throws java.io.UncheckedIOException saying what to do where there is none, or it may not be found out
     */
    public ManagementForward forward(String namespace) {
        return ManagementForward.open(api, namespace);
    }

    /**
     * Opens the ways to the management ports of all its pods that are ready.
     *
     * @throws java.io.UncheckedIOException as {@link #forward}
     */
    public List<ManagementForward> forwards(String namespace) {
        return ManagementForward.openAll(api, namespace);
    }

    /** What the pods of the Tidemark in a namespace log. */
    public PodLogs logs(String namespace) {
        return new PodLogs(api, namespace);
    }

    /**
     * What cannot work with the definitions that the cluster has; empty where everything can.
     *
     * @throws java.io.UncheckedIOException where they may not be read, or the API server does not answer
     */
    public List<String> problems() {
        return new InstalledDefinitions(api).problems();
    }

    /**
     * Takes Tidemark's finalizer off all objects that have it: nobody is there any more who would.
     *
     * @return the objects, {@code Kind/namespace/name}
     * @throws java.io.UncheckedIOException where it may not, or the API server does not answer
     */
    public List<String> release() {
        ClusterView view = new ClusterView(api, clock);
        ClusterEdits edits = edits();
        List<String> released = new ArrayList<>();
        for (Kind<?> kind : Kinds.all()) {
            for (Tree object : kind.group().isEmpty() ? List.<Tree>of() : view.list(kind.name())) {
                List<String> finalizers = object.list("metadata", "finalizers");
                if (finalizers.contains(Finalizers.OURS)) {
                    edits.release(object.id(), finalizers, object.text("metadata", "resourceVersion"));
                    released.add(object.id().toString());
                }
            }
        }
        return released;
    }

    @Override
    public void close() {
        api.close();
    }
}
