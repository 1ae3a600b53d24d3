package dev.tidemark.testkit.kube;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.testkit.Daemon;
import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real kube-apiserver on a real etcd, on loopback, with RBAC: one for all tests of a JVM, started when the first test
 * asks, ended with the JVM. The programs are those in {@code KUBEBUILDER_ASSETS}; without them a test is skipped, with
 * {@code CI=true} it fails.
 *
 * <p>No controllers run: nothing collects what a deleted owner leaves, a deleted namespace stays in {@code Terminating}, a
 * Deployment gets no Pods. Tests keep apart by {@link #namespace}; what has none (CustomResourceDefinitions, ClusterRoles)
 * they share.
 */
public final class ApiServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String ADMIN = "admin";

    private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");

    private static @Nullable ApiServer shared;

    private final Path folder;
    private final int port = EmbeddedBroker.freePort();
    private final int etcdPort = EmbeddedBroker.freePort();
    private final String adminToken = UUID.randomUUID().toString();
    private final AtomicInteger namespaces = new AtomicInteger();
    private final AtomicInteger kubeconfigs = new AtomicInteger();
    private final AuditLog audit;
    private final Daemon etcd;
    private Daemon server;
    private final Path adminConfig;
    private boolean hasDefinitions;

    private ApiServer(Path folder) throws IOException {
        this.folder = folder;
        writeCredentials();
        audit = AuditLog.in(folder);
        etcd = startEtcd();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-api-server"));
        watchThisJvm();
        server = startServer();
        adminConfig = awaitReady();
    }

    /** The JVM's API server, ready to be asked. */
    public static synchronized ApiServer shared() {
        if (shared == null) {
            shared = fresh();
        }
        return shared;
    }

    /** Another one, for a test that needs definitions of its own; whoever gets it closes it. */
    public static ApiServer fresh() {
        Tools.requireOfKube("etcd");
        Tools.requireOfKube("kube-apiserver");
        Tools.requireOfKube("kubectl");
        try {
            return new ApiServer(Files.createTempDirectory("tidemark-api-server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("https://" + HOST + ':' + port);
    }

    /** Its certificate with the one that signed it, PEM; the same one after {@link #restart}. */
    public Path certificate() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    /** Makes a namespace that no other test uses, with its {@code default} service account. */
    public String namespace() {
        String name = "test-" + namespaces.incrementAndGet();
        kubectl("create", "namespace", name);
        serviceAccount(name, "default");
        return name;
    }

    /** Makes a service account without any right. */
    public void serviceAccount(String namespace, String name) {
        kubectl("create", "serviceaccount", name, "-n", namespace);
    }

    /** A new token of a service account, by TokenRequest, good for an hour. */
    public String token(String namespace, String serviceAccount) {
        return kubectl("create", "token", serviceAccount, "-n", namespace).strip();
    }

    /** The kubeconfig of a member of {@code system:masters}, who may do everything. */
    public Path kubeconfig() {
        return adminConfig;
    }

    /** The kubeconfig of a service account, which is made first with {@link #serviceAccount}. */
    public Path kubeconfig(String namespace, String serviceAccount) {
        return writeKubeconfig(serviceAccount, token(namespace, serviceAccount), namespace);
    }

    /** The administrator's kubectl. */
    public Kubectl admin() {
        return Kubectl.as(adminConfig);
    }

    /** The kubectl of whom a kubeconfig names. */
    public Kubectl as(Path kubeconfig) {
        return Kubectl.as(kubeconfig);
    }

    /** The real flux of whom a kubeconfig names. */
    public ClusterProgram flux(Path kubeconfig) {
        return new ClusterProgram(Tools.requireOfKube("flux"), kubeconfig);
    }

    /**
     * Runs the administrator's kubectl.
     *
     * @return what it printed
     * @throws AssertionError where it fails, with what it said
     */
    public String kubectl(String... arguments) {
        return admin().run(arguments);
    }

    /** Installs the project's CustomResourceDefinitions, and for tests as much of Flux's as is read or rendered. */
    public synchronized void installDefinitions() {
        if (!hasDefinitions) {
            Path definitions = Path.of(Objects.requireNonNull(System.getProperty("tidemark.root"), "tidemark.root"))
                    .resolve("deploy/crds");
            install(definitions);
            install(definitions.resolve("flux"));
            hasDefinitions = true;
        }
    }

    /** Installs the CustomResourceDefinitions of a file, a folder or a kustomization and waits until the server serves all it has. */
    public void install(Path definitions) {
        String given = Files.exists(definitions.resolve("kustomization.yaml")) ? "-k" : "-f";
        kubectl("apply", "--server-side", "--force-conflicts", given, definitions.toString());
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    }

    /**
     * Drops the history of all objects, as every cluster does from time to time. The server's cache still knows some of it:
     * after {@link #restart} a list or a watch from before is 410 Gone.
     */
    public void compact() {
        String head = askEtcd("range", "{\"key\": \"AA==\"}");
        Matcher revision = REVISION.matcher(head);
        if (!revision.find()) {
            throw new IllegalStateException("etcd answered without a revision: " + head);
        }
        askEtcd("compaction", "{\"revision\": \"" + revision.group(1) + "\", \"physical\": true}");
    }

    private String askEtcd(String action, String question) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ':' + etcdPort + "/v3/kv/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking etcd", e);
        }
    }

    /** What it was asked for so far by whom, the newest last. */
    public List<ApiRequest> requests() {
        return audit.requests();
    }

    /** Ends it and starts it again on the same port and the same etcd, as an upgrade of a control plane does. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Ends it; whoever calls this calls {@link #start} in a {@code finally}. */
    public synchronized void stop() {
        server.stop();
    }

    /** Starts it after {@link #stop}. */
    public synchronized void start() {
        server = startServer();
        awaitReady();
    }

    /** A JVM that is killed runs no hook; what it started would hold memory and ports for ever. */
    private void watchThisJvm() throws IOException {
        String script = """
                tail --pid="$1" -f /dev/null
                for name in kube-apiserver etcd; do
                  if [ -f "$2/$name.pid" ]; then kill -9 "$(cat "$2/$name.pid")"; fi
                done
                rm -rf "$2"
                """;
        new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "end-api-server",
                        String.valueOf(ProcessHandle.current().pid()),
                        folder.toString())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Daemon startEtcd() {
        String clients = "http://" + HOST + ':' + etcdPort;
        String peers = "http://" + HOST + ':' + EmbeddedBroker.freePort();
        List<String> command = List.of(
                Tools.requireOfKube("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
        return Daemon.start("etcd", command, folder);
    }

    private Daemon startServer() {
        String keys = folder.resolve("service-accounts.pem").toString();
        List<String> command = new ArrayList<>(List.of(
                Tools.requireOfKube("kube-apiserver").toString(),
                "--etcd-servers=http://" + HOST + ':' + etcdPort,
                "--bind-address=" + HOST,
                "--advertise-address=" + HOST,
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + keys,
                "--service-account-signing-key-file=" + keys,
                "--service-cluster-ip-range=10.0.0.0/24",
                "--endpoint-reconciler-type=none"));
        command.addAll(audit.flags());
        return Daemon.start("kube-apiserver", command, folder);
    }

    /** Even {@code /readyz} wants a token; the kubeconfig wants the certificate, which the server makes. */
    private Path awaitReady() {
        server.awaitReady(() -> Files.exists(certificate()));
        Path kubeconfig = folder.resolve("admin.kubeconfig");
        writeKubeconfig(kubeconfig, ADMIN, adminToken, "default");
        server.awaitReady(() ->
                Kubectl.as(kubeconfig).attempt("", "get", "--raw", "/readyz").exit() == 0);
        return kubeconfig;
    }

    private void writeCredentials() throws IOException {
        Files.writeString(
                folder.resolve("tokens.csv"), String.join(",", adminToken, ADMIN, ADMIN, "system:masters") + '\n');
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            Files.writeString(
                    folder.resolve("service-accounts.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private Path writeKubeconfig(String user, String token, String namespace) {
        Path file = folder.resolve(user + '-' + kubeconfigs.incrementAndGet() + ".kubeconfig");
        writeKubeconfig(file, user, token, namespace);
        return file;
    }

    private void writeKubeconfig(Path file, String user, String token, String namespace) {
        try {
            String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    clusters:
                    - name: test
                      cluster: {server: "%s", certificate-authority-data: "%s"}
                    contexts:
                    - name: test
                      context: {cluster: test, user: "%s", namespace: "%s"}
                    users:
                    - name: "%s"
                      user: {token: "%s"}
                    """.formatted(url(), authority, user, namespace, user, token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server first: the other way round it waits for etcd and keeps its port. The shared one ends with its JVM. */
    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        if (server != null) {
            server.stop();
        }
        etcd.stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
