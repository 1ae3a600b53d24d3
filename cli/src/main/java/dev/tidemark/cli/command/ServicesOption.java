package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.flux.cluster.ManagementForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the management address of a service, such as http://127.0.0.1:9000; goes before the others")
    private @Nullable URI server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "with --server: what it wants of who changes something or asks from another machine")
    private @Nullable Path tokenFile;

    /** Whoever opens it closes it. */
    Evaluator open() {
        return new Evaluator(services());
    }

    private Services services() {
        if (server != null) {
            return new Services.At(web(server), token());
        }
        if (tokenFile != null) {
            throw new UserError("--token-file goes with --server: elsewhere the token is found.");
        }
        Optional<ClusterInstance> named = cluster.named();
        if (named.isEmpty()) {
            return state.folder().services();
        }
        if (state.isNamed()) {
            throw new UserError("a state folder or a cluster: --state does not go with --context or --kubeconfig.");
        }
        return new Services.InCluster(named.get().cluster().forward(installedIn));
    }

    private static URI web(URI server) {
        boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!web || server.getHost() == null) {
            throw new UserError("'" + server + "' is no address of a service: write --server http://HOST:PORT.");
        }
        return server;
    }

    private String token() {
        try {
            return tokenFile == null ? "" : Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the token in " + tokenFile + " cannot be read", e);
        }
    }
}
