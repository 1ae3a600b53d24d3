package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.FluxObjects;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a tag in the registry to the message in the chat and the status of the commit that was pushed. */
class NotificationsST {

    private static final String FILE = "clusters/staging/app.yaml";

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private DemoRegistry registry;
    private GitRemote fleet;
    private HttpServer world;

    NotificationsST(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
    }

    @BeforeEach
    void surroundings() throws IOException {
        registry = DemoRegistry.start(folder.resolve("registry"), 0);
        fleet = GitRemote.create(folder, "fleet");
        world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        world.createContext("/", this::listen);
        world.start();
        String unused = fleet.commit("main", "begin", Map.of(FILE, """
                kind: Deployment
                spec:
                  image: %s:0.9.0  # {"$imagepolicy": "apps:app"}
                """.formatted(image())));
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
        world.stop(0);
        registry.close();
    }

    private void listen(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            told.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI().getPath()
                    + ' '
                    + new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aSelectionIsToldAndThePushedCommitHasItsStatus() throws Exception {
        try (DemoPush push = new DemoPush(registry.address())) {
            var unused = push.push("my-org/app", "1.0.0");
        }
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("all.yaml"), resources() + alerts());
        var up = tidemark.up(manifests);

        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(told).anySatisfy(request -> assertThat(request)
                .startsWith("POST /chat ")
                .contains("Latest image tag for " + image() + " resolved to 1.0.0")));
        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(told).anySatisfy(request -> assertThat(request)
                .startsWith("POST /api/v3/repos/my-org/fleet/statuses/" + fleet.head("main") + ' ')
                .contains(
                        "\"state\":\"success\"",
                        "\"description\":\"succeeded\"",
                        "\"context\":\"imageupdateautomation/app/")));
        assertThat(fleet.read("main", FILE)).contains(image() + ":1.0.0");
        whatIsNotToldIsSaidWhereverSomebodyLooks();
        assertThat(up.isAlive()).isTrue();
    }

    /** Of an Alert whose Provider nobody made. */
    private void whatIsNotToldIsSaidWhereverSomebodyLooks() throws Exception {
        String why = "there is no Provider 'apps/pager': make it, or name another in spec.providerRef";

        Tidemark.Answer status = tidemark.run("status", "--exit-code");
        assertThat(status.out())
                .containsPattern("\nFailing \\(1\\)\n  Alert apps/broken +for \\S+ +" + Pattern.quote(why));
        assertThat(status.code()).isEqualTo(1);
        assertThat(tidemark.run("check").out())
                .contains("Alert apps/broken is not served since ", why + " (InvalidConfig)");
        assertThat(tidemark.run("get", "alert", "-n", "apps").out())
                .containsPattern("broken +pager +False +False +there is no Provider")
                .containsPattern("selections +chat +False +True +an event was told at ");
        assertThat(tidemark.run("logs", "--object", "alert/broken", "-n", "apps")
                        .out())
                .containsPattern(
                        "event=failing resource=Alert/apps/broken reason=\"InvalidConfig: there is no Provider");
    }

    private String image() {
        return registry.address().getAuthority() + "/my-org/app";
    }

    private String alerts() {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: forge, namespace: apps}
                stringData: {token: ghp_0123456789}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1beta3
                kind: Provider
                metadata: {name: forge, namespace: apps}
                spec: {type: github, address: "http://127.0.0.1:%1$d/my-org/fleet", secretRef: {name: forge}}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1beta3
                kind: Alert
                metadata: {name: commits, namespace: apps}
                spec: {providerRef: {name: forge}, eventSources: [{kind: ImageUpdateAutomation, name: app}]}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1beta2
                kind: Provider
                metadata: {name: chat, namespace: apps}
                spec: {type: generic, address: "http://127.0.0.1:%1$d/chat"}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1beta2
                kind: Alert
                metadata: {name: selections, namespace: apps}
                spec: {providerRef: {name: chat}, eventSources: [{kind: ImagePolicy, name: "*"}]}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1beta3
                kind: Alert
                metadata: {name: broken, namespace: apps}
                spec: {providerRef: {name: pager}, eventSources: [{kind: ImagePolicy, name: "*"}]}
                """.formatted(world.getAddress().getPort());
    }

    private String resources() {
        return FluxObjects.in("apps")
                .imageRepository("app", image())
                .imagePolicy("app")
                .gitRepository("fleet", fleet.url())
                .automation("app", "fleet", FluxObjects.COMMIT)
                .text();
    }
}
