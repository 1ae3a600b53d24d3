package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --server} and its token: services that are asked at addresses. */
final class ServerOption {

    /** Name them for a whole shell, as the options do for a command. */
    private static final String SERVER = "TIDEMARK_SERVER";

    private static final String TOKEN_FILE = "TIDEMARK_TOKEN_FILE";

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

    /** Those of the command; empty where it names none. */
    List<Services.At> named() {
        if (servers.isEmpty() && tokenFile != null) {
            throw new UserError("--token-file goes with --server: elsewhere the token is found.");
        }
        return at(servers, tokenFile);
    }

    /**
     * Those of the command, else those of the shell.
     *
     * @param elsewhere whether the command names another place, which goes before the shell's
     */
    List<Services.At> inForce(boolean elsewhere) {
        List<Services.At> named = named();
        return named.isEmpty() && !elsewhere ? ofTheShell() : named;
    }

    /** Those of the shell; empty where it names none. */
    static List<Services.At> ofTheShell() {
        String shells = System.getenv(SERVER);
        String token = System.getenv(TOKEN_FILE);
        return shells == null || shells.isBlank()
                ? List.of()
                : at(List.of(shells.strip().split(",", -1)), token == null || token.isBlank() ? null : Path.of(token));
    }

    private static List<Services.At> at(List<String> servers, @Nullable Path tokenFile) {
        String token = servers.isEmpty() ? "" : token(tokenFile);
        return servers.stream()
                .map(server -> new Services.At(web(server), token))
                .toList();
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
