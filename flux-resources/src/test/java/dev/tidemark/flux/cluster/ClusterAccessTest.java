package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a cluster that a kubeconfig names: what is said when it leads nowhere. */
class ClusterAccessTest {

    private static final String WHOLE = """
            current-context: here
            contexts: [{name: here, context: {cluster: c, user: u}}, {name: there, context: {cluster: gone, user: u}},
              {name: nobody, context: {cluster: c, user: gone}}, {name: bare, context: {cluster: b}}]
            clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}, {name: b, cluster: {}}]
            users: [{name: u, user: {token: t}}]
            """;

    private final Path file;

    ClusterAccessTest(@TempDir Path folder) {
        this.file = folder.resolve("kubeconfig");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elsewhere | has no context 'elsewhere', it has: here, there, nobody, bare",
                "there | has no cluster 'gone', which its context 'there' names, it has: c, b",
                "nobody | has no user 'gone', which its context 'nobody' names, it has: u",
                "bare | has no server of cluster 'b': write it with 'kubectl config set-cluster b",
            })
    void aContextOfWhichSomethingIsMissingIsNamed(String context, String sentence) throws IOException {
        Files.writeString(file, WHOLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterAccess.of(List.of(file), context, Clock.systemUTC()))
                .withMessageStartingWith(file + " ")
                .withMessageContaining(sentence);
        assertThat(ClusterAccess.contexts(List.of(file))).containsExactly("here", "there", "nobody", "bare");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ": : bad [ | is no kubeconfig, but not valid YAML",
                "a: b | is no kubeconfig, it has no contexts: name another file with --kubeconfig",
                "contexts: [{name: a}] | has no current context: name one with --context, it has: a",
            })
    void whatIsNoKubeconfigIsSaidToBeNone(String content, String sentence) throws IOException {
        Files.writeString(file, content);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterAccess.of(List.of(file), "", Clock.systemUTC()))
                .withMessageStartingWith(file + " ")
                .withMessageContaining(sentence);
    }

    /** As kubectl merges them: what stands first counts, also the current context. */
    @Test
    void severalFilesCountAsOne() throws IOException {
        Path users = Files.writeString(file.resolveSibling("users"), """
                contexts: [{name: mine, context: {cluster: other, user: me}}]
                clusters: [{name: c, cluster: {server: 'http://127.0.0.1:2'}}]
                users: [{name: me, user: {token: t}}]
                """);
        Path other = Files.writeString(file.resolveSibling("other"), """
                current-context: mine
                clusters: [{name: other, cluster: {server: 'http://127.0.0.1:3'}}]
                """);
        Files.writeString(file, WHOLE);

        assertThat(server(List.of(users, file, other), "")).isEqualTo("http://127.0.0.1:2");
        assertThat(server(List.of(file, users, other), "")).isEqualTo("http://127.0.0.1:1");
        assertThat(server(List.of(users, other, file), "")).isEqualTo("http://127.0.0.1:3");
        assertThat(server(List.of(users, file, other), "mine")).isEqualTo("http://127.0.0.1:3");
        assertThat(ClusterAccess.contexts(List.of(users, file)))
                .containsExactly("mine", "here", "there", "nobody", "bare");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server(List.of(users, file), "mine"))
                .withMessage(users + File.pathSeparator + file
                        + " has no cluster 'other', which its context 'mine' names, it has: c, b");
    }

    /** Without the slash at its end that the client adds. */
    private static String server(List<Path> files, String context) {
        try (ClusterAccess access = ClusterAccess.of(files, context, Clock.systemUTC())) {
            return access.server().replaceFirst("/$", "");
        }
    }

    private static ClusterApi at(ServerSocket server, ClusterApi.Patience patience) {
        Config config = Config.empty();
        config.setMasterUrl("http://127.0.0.1:" + server.getLocalPort());
        return new ClusterApi(config, patience);
    }

    @Test
    void anApiServerThatAcceptsAndSaysNothingIsNotWaitedForLongerThanAPersonWaits() throws IOException {
        var patience = new ClusterApi.Patience(Duration.ofMillis(100), ClusterApi.Patience.OF_A_PERSON.remedy());
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ClusterApi api = at(silent, patience)) {
            for (Runnable question : new Runnable[] {() -> api.get("/a"), () -> api.stream("/a", false)}) {
                assertThatThrownBy(question::run)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContainingAll(
                                "the API server http://127.0.0.1:" + silent.getLocalPort() + " does not answer",
                                "nothing came",
                                "--context");
            }
        }
    }

    /** As behind kubectl proxy. */
    @Test
    void aPlainApiServerIsOfferedNoUpgrade() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ClusterApi api = at(server, ClusterApi.Patience.OF_A_SERVICE)) {
            var head = CompletableFuture.supplyAsync(() -> head(server));

            assertThat(api.get("/a").code()).isEqualTo(204);

            assertThat(head.get()).containsIgnoringCase("GET /a HTTP/1.1").doesNotContainIgnoringCase("upgrade");
        }
    }

    private static String head(ServerSocket server) {
        try (Socket client = server.accept();
                var lines = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            StringBuilder head = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.append(line).append('\n');
            }
            client.getOutputStream()
                    .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
