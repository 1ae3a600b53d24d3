package dev.tidemark.cli.command;

import dev.tidemark.cli.Complaint;
import dev.tidemark.cli.run.AllInOne;
import dev.tidemark.cli.run.Installation;
import dev.tidemark.cli.run.Settings;
import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.cli.state.StateFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "Example:",
            "  ./tidemark up --manifests clusters/staging --registry-mirror docker.io=https://mirror.example"
        })
final class UpCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

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

    @Override
    public Integer call() throws InterruptedException {
        StateFolder folder = state.folderOr("up");
        Settings settings = new Settings(manifestFolders(manifests), mirrors(mirrors));
        long begin = System.nanoTime();
        try (AllInOne services = AllInOne.start(Installation.find(), folder, settings)) {
            Endpoints endpoints = services.awaitReady(terminal::note);
            terminal.line("Tidemark " + endpoints.version() + " is ready after "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms, at " + endpoints.http() + ".");
            terminal.line("State: " + folder.root());
            terminal.line("Look with './tidemark status', end with Ctrl-C.");
            services.awaitEnd();
            return 0;
        }
    }

    static List<Path> manifestFolders(List<Path> manifests) {
        return manifests.stream()
                .map(folder -> {
                    if (!Files.exists(folder)) {
                        throw new Complaint(
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
                throw new Complaint(
                        "'" + text + "' is not a mirror: write HOST=URL, for example ghcr.io=http://127.0.0.1:5000.");
            }
            try {
                mirrors.put(text.substring(0, equals), URI.create(url));
            } catch (IllegalArgumentException e) {
                throw new Complaint("'" + url + "' is not a URL: write HOST=URL.", e);
            }
        }
        return mirrors;
    }
}
