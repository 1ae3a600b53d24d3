package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.cluster.ClusterAccess;
import dev.tidemark.flux.cluster.ManagementForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --server}, {@code --context} or {@code --state}, in this order, for the commands that ask running services. */
final class ServicesOption {

    /** Name them for a whole shell, as the options do for a command. */
    private static final String SERVER = "TIDEMARK_SERVER";

    private static final String TOKEN_FILE = "TIDEMARK_TOKEN_FILE";

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

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            description = "the management address of a service, such as http://127.0.0.1:9000, or several with commas,"
                    + " the policy-evaluator's first; goes before the others; default: $" + SERVER)
    private List<String> servers = List.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "with --server: what it wants of who changes something or asks from another machine;"
                    + " default: $" + TOKEN_FILE)
    private @Nullable Path tokenFile;

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

    Place place() {
        if (!servers.isEmpty()) {
            return addresses(servers, tokenFile);
        }
        if (tokenFile != null) {
            throw new UserError("--token-file goes with --server: elsewhere the token is found.");
        }
        Optional<ClusterInstance> named = cluster.named();
        if (named.isPresent() && state.isNamed()) {
            throw new UserError("a state folder or a cluster: --state does not go with --context or --kubeconfig.");
        }
        if (named.isPresent()) {
            return new Place.Cluster(named.get().cluster(), installedIn);
        }
        String shells = System.getenv(SERVER);
        if (!state.isNamed() && shells != null && !shells.isBlank()) {
            String token = System.getenv(TOKEN_FILE);
            return addresses(
                    List.of(shells.strip().split(",", -1)), token == null || token.isBlank() ? null : Path.of(token));
        }
        return new Place.Folder(state.folder());
    }

    private static Place addresses(List<String> servers, @Nullable Path tokenFile) {
        String token = token(tokenFile);
        return new Place.Addresses(servers.stream()
                .map(server -> new Services.At(web(server), token))
                .toList());
    }

    private static URI web(String server) {
        try {
            URI uri = new URI(server);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException noAddress) {
            // the same
        }
        throw new UserError("'" + server + "' is no address of a service: write --server http://HOST:PORT.");
    }

    private static String token(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the token in " + file + " cannot be read", e);
        }
    }
}
