package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Handover;
import dev.tidemark.cli.run.Installation;
import dev.tidemark.cli.run.Settings;
import dev.tidemark.cli.state.StateFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All services on one's own manifests. */
@Command(
        name = "up",
        description = "Run all services on your own manifests, registries and Git remotes.",
        footer = {
            "",
            "What changes in the folders takes effect while it runs, also deletions. Status is YAML below",
            "DIR/status of the state folder, rendered objects below DIR/objects. Ctrl-C ends it.",
            "",
            "Registries send webhooks to the address of --listen, which serves nothing else. Whatever the",
            "commands ask goes over another port of this machine, with a token from the state folder.",
            "",
            "Examples:",
            "  ./tidemark up --manifests clusters/staging --listen 0.0.0.0:9292",
            "  ./tidemark up --manifests clusters/staging --registry-mirror docker.io=https://mirror.example"
        })
final class UpCommand implements Callable<Integer> {

    /** Flux's port for webhooks. */
    private static final int DEFAULT_PORT = 9292;

    @Mixin
    private StateOption state = new StateOption();

    @Option(
            names = {"-f", "--manifests"},
            required = true,
            paramLabel = "DIR",
            description = "folder of manifests; may be given several times")
    private List<Path> manifests = List.of();

    @Option(
            names = "--registry-mirror",
            paramLabel = "HOST=URL",
            description = "reach a registry's host at another address; may be given several times")
    private List<String> mirrors = List.of();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = {
                "where webhooks are received; default: TIDEMARK_LISTEN, else",
                "127.0.0.1:" + DEFAULT_PORT + " (another port, once and for all, where that is taken)"
            })
    private String listen = "";

    @Override
    public Integer call() {
        StateFolder folder = state.folderOr("up");
        Settings settings = new Settings(manifestFolders(manifests, folder), mirrors(mirrors), listen(listen));
        Handover.find().allInOne(Installation.find(), folder.create(), settings);
        return 0;
    }

    /** Checked here, where the answer is at once. */
    static String listen(String address) {
        if (!address.isEmpty() && !address.matches("(\\[[0-9A-Fa-f:.]+]|[^\\s:/]+):\\d{1,5}")) {
            throw new UserError("'" + address + "' is no address to listen on: write HOST:PORT, for example 0.0.0.0:"
                    + DEFAULT_PORT + '.');
        }
        return address;
    }

    /** A folder that is not mounted must not keep what is in force from being served; one that never was is a mistake. */
    static List<Path> manifestFolders(List<Path> manifests, StateFolder state) {
        List<Path> before = state.run().manifests();
        return manifests.stream()
                .map(folder -> {
                    if (!Files.exists(folder)
                            && !before.contains(folder.toAbsolutePath().normalize())) {
                        throw new UserError(
                                "there is no folder " + folder + ": name an existing one with --manifests.");
                    }
                    return folder.toAbsolutePath().normalize();
                })
                .toList();
    }

    static Map<String, URI> mirrors(List<String> texts) {
        Map<String, URI> mirrors = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String url = text.substring(equals + 1);
            if (equals < 1 || !url.matches("https?://[^/\\s]+.*")) {
                throw new UserError(
                        "'" + text + "' is not a mirror: write HOST=URL, for example ghcr.io=http://127.0.0.1:5000.");
            }
            if (url.indexOf('@') >= 0) {
                // and is not repeated: it was on its way into the arguments of a process and into messages
                throw new UserError("the mirror of " + text.substring(0, equals) + " has a login in its URL: write"
                        + " HOST=URL without it, and the login into the Secret that the images name.");
            }
            try {
                mirrors.put(text.substring(0, equals), mirror(URI.create(url)));
            } catch (IllegalArgumentException e) {
                throw new UserError(
                        "'" + url + "' is not the URL of a mirror: write HOST=URL without a path, for"
                                + " example ghcr.io=http://127.0.0.1:5000.",
                        e);
            }
        }
        return mirrors;
    }

    /** A registry's interface is at the root of its host. */
    private static URI mirror(URI url) {
        String path = url.getRawPath();
        boolean atRoot = path == null || path.isEmpty() || path.equals("/");
        if (url.getHost() == null || !atRoot || url.getRawQuery() != null) {
            throw new IllegalArgumentException("no base URL");
        }
        return URI.create(url.getScheme() + "://" + url.getRawAuthority());
    }
}
