package dev.tidemark.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.testkit.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two listeners of a running watcher: what crowds and strangers get, while registries are served as ever. */
class WebhookListenerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MEGABYTE = 1024 * 1024;

    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Secret
            metadata: {name: hook, namespace: apps}
            stringData: {token: t0ken}
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: app, namespace: apps}
            spec: {image: ghcr.io/my-org/my-app, interval: 1h}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: hook, namespace: apps}
            spec:
              type: generic
              secretRef: {name: hook}
              resources: [{kind: ImageRepository, name: app}]
            """;

    @TempDir
    private static Path folder;

    private static TestBroker broker;
    private static ScriptedRegistry registry;
    private static ServiceProcess watcher;
    private static String path;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/all.yaml"), MANIFESTS);
        broker = TestBroker.start();
        registry = new ScriptedRegistry();
        registry.serve("my-org/my-app").put("1.0.0", "sha256:" + "ab".repeat(32));
        watcher = ServiceProcess.start(
                "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
                "-Dtidemark.partitions=2",
                "-Dtidemark.manifests=" + folder.resolve("manifests"),
                "-Dtidemark.state=" + folder.resolve("state"),
                "-Dtidemark.registry-watcher.mirrors.\"ghcr.io\"=" + registry.base(),
                "-Dtidemark.registry-watcher.webhooks.body-budget=12M",
                "-Dtidemark.registry-watcher.webhooks.body-timeout=5s");
        Path status = folder.resolve("state/status/Receiver/apps/hook.yaml");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(status) && Files.readString(status).contains("webhookPath:"));
        path = Files.readString(status)
                .lines()
                .filter(line -> line.contains("webhookPath:"))
                .map(line -> line.substring(line.indexOf('/')))
                .findFirst()
                .orElseThrow();
        await().atMost(PATIENCE).until(() -> webhook("{}") == 200);
    }

    @AfterAll
    static void stop() {
        watcher.close();
        registry.close();
        broker.close();
    }

    @Test
    void whomNobodyKnowsIsAnsweredBeforeAByteOfTheBody() throws Exception {
        try (Socket sender = connect(watcher.uri("/"))) {
            write(sender, head("/hook/unknown", 3 * MEGABYTE));
            assertThat(status(sender)).isEqualTo(404);
        }
    }

    @Test
    void anAnnouncedBodyThatIsTooLargeIsRefusedAtOnce() throws Exception {
        try (Socket sender = connect(watcher.uri("/"))) {
            write(sender, head(path, 3 * MEGABYTE + 1));
            assertThat(status(sender)).isEqualTo(413);
        }
    }

    @Test
    void anUnannouncedOneIsRefusedWhenItIsTooLarge() throws Exception {
        try (Socket sender = connect(watcher.uri("/"))) {
            write(sender, "POST " + path + " HTTP/1.1\r\nHost: hooks.example\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = new byte[MEGABYTE];
            try {
                for (int i = 0; i < 4; i++) {
                    write(sender, Integer.toHexString(chunk.length) + "\r\n");
                    sender.getOutputStream().write(chunk);
                    write(sender, "\r\n");
                }
            } catch (IOException answeredAlready) {
                // The connection may end while we still send.
            }
            assertThat(status(sender)).isEqualTo(413);
        }
    }

    @Test
    void aBodyThatDoesNotComeEndsTheConnectionAndNoOtherWaits() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket sender = connect(watcher.uri("/"));
                write(sender, head(path, MEGABYTE) + "{");
                slow.add(sender);
            }
            assertThat(webhook("{}")).isEqualTo(200);
            for (Socket sender : slow) {
                assertThat(status(sender)).isEqualTo(408);
            }
        } finally {
            for (Socket sender : slow) {
                sender.close();
            }
        }
    }

    @Test
    void aCrowdOfLargeBodiesMeetsTheBudgetAndLeavesRoomForRegistries() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < 60; i++) {
                Socket sender = connect(watcher.uri("/"));
                crowd.add(sender);
                try {
                    write(sender, head(path, 3 * MEGABYTE));
                    sender.getOutputStream().write(new byte[2 * MEGABYTE + MEGABYTE / 2]);
                    sender.getOutputStream().flush();
                } catch (IOException answeredAlready) {
                    refused++;
                    continue;
                }
                sender.setSoTimeout(200);
                refused += answered503(sender) ? 1 : 0;
            }
            assertThat(refused).isGreaterThan(50);
        } finally {
            for (Socket sender : crowd) {
                sender.close();
            }
        }
        await().atMost(PATIENCE).until(() -> webhook("{}") == 200);
    }

    /** Nothing of one listener is found on the other, whichever paths there are. */
    @Test
    void theListenersServeNoneOfEachOthersPaths() throws Exception {
        for (String everythingElse : List.of(
                "/",
                "/q/health",
                "/q/health/ready",
                "/q/health/live",
                "/q/health/started",
                "/q/health/group/x",
                "/q/metrics",
                "/q/info",
                "/policy-evaluator/control",
                "/policy-evaluator/replay",
                "/hook",
                "/hook/../q/health",
                "//q/health")) {
            assertThat(get(watcher.uri("/"), everythingElse, "127.0.0.1"))
                    .as(everythingElse)
                    .isEqualTo(404);
        }
        assertThat(get(watcher.management("/"), path, "127.0.0.1")).isEqualTo(404);
        assertThat(get(watcher.management("/"), "/q/health/live", "127.0.0.1")).isEqualTo(200);
    }

    @Test
    void managementWantsItsOwnNameAndATokenForChanges() throws Exception {
        URI management = watcher.management("/");
        assertThat(get(management, "/q/health/live", "evil.example")).isEqualTo(421);
        assertThat(request(management, "POST /q/health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(401);
    }

    private static int webhook(String body) throws Exception {
        return request(watcher.uri("/"), head(path, body.length()) + body);
    }

    private static int get(URI listener, String what, String host) throws Exception {
        return request(listener, "GET " + what + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static int request(URI listener, String text) throws Exception {
        try (Socket socket = connect(listener)) {
            write(socket, text);
            return status(socket);
        }
    }

    private static String head(String what, int length) {
        return "POST " + what + " HTTP/1.1\r\nHost: hooks.example\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static Socket connect(URI listener) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static int status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("HTTP/1.1 ");
        return Integer.parseInt(text.substring(9, 12));
    }

    private static boolean answered503(Socket socket) {
        try {
            return status(socket) == 503;
        } catch (IOException stillWaitsForTheRest) {
            return false;
        }
    }
}
