package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.cluster.ClusterAccess;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.view.ObjectView;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --server}, {@code --context} or {@code --state}, in this order, for the commands that ask running services. */
final class ServicesOption {

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--installed-in",
            paramLabel = "NAMESPACE",
            description = "with --context: where Tidemark's pods are; default: " + ManagementForward.NAMESPACE,
            defaultValue = ManagementForward.NAMESPACE)
    private String installedIn = ManagementForward.NAMESPACE;

    @Mixin
    private ServerOption server = new ServerOption();

    /** Where the services are, as it was said. */
    sealed interface Place {

        /** @param services at least one */
        record Addresses(List<Services.At> services) implements Place {}

        record Cluster(ClusterAccess cluster, String namespace) implements Place {}

        record Folder(StateFolder folder) implements Place {}
    }

    /** Asks the one that knows decisions. Whoever opens it closes it. */
    Evaluator open() {
        return new Evaluator(
                switch (place()) {
                    case Place.Addresses(var services) -> services.getFirst();
                    case Place.Cluster(var access, var namespace) -> new Services.InCluster(access.forward(namespace));
                    case Place.Folder(var folder) -> folder.services();
                });
    }

    /** All of them, each of which knows its own log and work. Whoever opens them closes them. */
    List<Services> all() {
        return switch (place()) {
            case Place.Addresses(var services) -> List.copyOf(services);
            case Place.Cluster(var access, var namespace) ->
                access.forwards(namespace).stream()
                        .<Services>map(Services.InCluster::new)
                        .toList();
            case Place.Folder(var folder) -> List.of(folder.services());
        };
    }

    /** The objects that they work on, empty where services are asked at their addresses. */
    Optional<ObjectView> view() {
        return switch (place()) {
            case Place.Addresses _ -> Optional.empty();
            case Place.Cluster(var access, var _) -> Optional.of(access.view());
            case Place.Folder(var folder) -> Optional.of(folder.view());
        };
    }

    Place place() {
        List<Services.At> addresses = server.named();
        if (!addresses.isEmpty()) {
            return new Place.Addresses(addresses);
        }
        Optional<ClusterInstance> named = cluster.named();
        if (named.isPresent() && state.isNamed()) {
            throw new UserError("a state folder or a cluster: --state does not go with --context or --kubeconfig.");
        }
        if (named.isPresent()) {
            return new Place.Cluster(named.get().cluster(), installedIn);
        }
        List<Services.At> ofTheShell = ServerOption.ofTheShell();
        return state.isNamed() || ofTheShell.isEmpty()
                ? new Place.Folder(state.folder())
                : new Place.Addresses(ofTheShell);
    }
}
