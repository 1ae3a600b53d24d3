package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.cluster.Cluster;
import dev.tidemark.flux.folder.FolderEvents;
import dev.tidemark.flux.folder.FolderSource;
import dev.tidemark.flux.folder.FolderStatuses;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.source.RunRequests;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A folder or a cluster: where resources come from and what is said of them goes.
 *
 * @param problems that whoever runs the process can do something about
 * @param settled whether what can be read was read
 * @param cluster that it is; empty for a folder
 */
record ResourcePorts(
        ResourceSource source,
        SecretReader secrets,
        RunRequests runs,
        StatusStore statuses,
        EventRecorder events,
        Supplier<List<Problem>> problems,
        BooleanSupplier settled,
        Optional<Cluster> cluster,
        Runnable end) {

    static ResourcePorts of(FolderSource folder, Path state, Clock clock) {
        FolderEvents events = new FolderEvents(state, clock);
        return new ResourcePorts(
                folder,
                folder,
                folder,
                FolderStatuses.of(state, events, folder, clock),
                events,
                // these are said of the manifests, where people look for them
                List::of,
                () -> true,
                Optional.empty(),
                folder::close);
    }

    static ResourcePorts of(Cluster cluster) {
        return new ResourcePorts(
                cluster.source(),
                cluster.secrets(),
                cluster.edits(),
                cluster.statuses(),
                cluster.events(),
                cluster.source()::problems,
                cluster.source()::isSettled,
                Optional.of(cluster),
                cluster::close);
    }
}
