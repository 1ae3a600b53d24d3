package dev.tidemark.flux.cluster;

import dev.tidemark.flux.status.StatusWriters;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A cluster behind the ports: one connection for all of them, also when all services share a JVM. */
public final class Cluster implements AutoCloseable {

    /** A process by this name is all services at once. */
    private static final String EVERY_SERVICE = "tidemark";

    private final ClusterApi api;
    private final ClusterSource source;
    private final ClusterStatuses statuses;
    private final ClusterEvents events;
    private final ClusterSecrets secrets;
    private final ClusterEdits edits;

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Cluster(Config config, ClusterSettings settings, Identity identity, Clock clock, Executor loop) {
        this.api = new ClusterApi(config);
        this.source = new ClusterSource(api, settings, clock, task -> begin(task, loop));
        this.statuses = new ClusterStatuses(api, source, clock);
        this.events = new ClusterEvents(api, settings, clock, identity.instance());
        this.secrets = new ClusterSecrets(api, clock);
        this.edits = new ClusterEdits(api, source);
        Refusals refusals = new Refusals(statuses, identity::writes);
        var unused = source.onRefusal(refusals::add);
        begin(events, loop);
        begin(secrets, loop);
        begin(refusals, loop);
    }

    private void begin(Runnable task, Executor loop) {
        loop.execute(() -> {
            Thread mine = Thread.currentThread();
            running.add(mine);
            try {
                if (!closed) {
                    task.run();
                }
            } finally {
                running.remove(mine);
            }
        });
    }

    /**
     * Who connects.
     *
     * @param name of the service, as it owns fields; {@code tidemark} for all of them
     * @param instance which of its replicas
     */
    public record Identity(String name, String instance) {

        boolean writes(String kind) {
            return name.equals(EVERY_SERVICE) || name.equals(StatusWriters.fieldOwner(kind));
        }
    }

    /**
     * Connects as a process in the cluster does, or as {@code kubectl} does.
     *
     * @param loop runs a task for each kind and three more, until this is closed
     */
    public static Cluster connect(ClusterSettings settings, Identity identity, Clock clock, Executor loop) {
        return new Cluster(Config.autoConfigure(null), settings, identity, clock, loop);
    }

    public ClusterSource source() {
        return source;
    }

    public ClusterStatuses statuses() {
        return statuses;
    }

    public ClusterEvents events() {
        return events;
    }

    public ClusterSecrets secrets() {
        return secrets;
    }

    public ClusterEdits edits() {
        return edits;
    }

    /** For who speaks to the API server about other objects, by the same connections; closed with this. */
    public KubernetesClient client() {
        return api.client();
    }

    /** Requests sent so far. */
    public long requests() {
        return api.requests();
    }

    @Override
    public void close() {
        closed = true;
        source.close();
        running.forEach(Thread::interrupt);
        api.close();
    }
}
