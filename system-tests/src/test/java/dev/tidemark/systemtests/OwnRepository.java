package dev.tidemark.systemtests;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry with an image, and a Git repository that has a file with the line that the page shows. */
final class OwnRepository extends Surroundings {

    private final DemoRegistry registry;
    private final GitHttpServer git;
    private final int port = EmbeddedBroker.freePort();

    /** @param folder for what belongs to others than the reader */
    OwnRepository(String page, Path folder) throws IOException, InterruptedException {
        registry = DemoRegistry.start(folder.resolve("registry"), 0);
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("team/web", "1.2.0");
        }
        GitRemote fleet = GitRemote.create(Files.createDirectories(folder.resolve("git/team")), "fleet");
        Matcher marked =
                Pattern.compile("(?m)^ +image: \\S+ # .*imagepolicy.*$").matcher(page);
        if (!marked.find()) {
            throw new AssertionError("the page does not show a marked line any more");
        }
        String unused = fleet.commit(
                "main", "begin", Map.of("apps/web.yaml", marked.group().strip() + "\n"));
        git = GitHttpServer.start(folder.resolve("git"), "image-bot", "…");
        call("https://git.example.com", git.url("").toString().replaceFirst("/$", ""));
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "TIDEMARK_LISTEN",
                "127.0.0.1:" + port,
                "JAVA_TOOL_OPTIONS",
                "'-Dtidemark.registry-watcher.mirrors.\"registry.example.com\"=" + registry.address() + "'");
    }

    @Override
    public void close() {
        git.close();
        registry.close();
    }
}
