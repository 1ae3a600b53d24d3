package dev.tidemark.benchmarks.bench.cluster;

import dev.tidemark.benchmarks.bench.rig.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An API server on an etcd of its own, with our definitions and those that we read. Tidemark is a user of its own there, who
 * may do everything: what is measured is no authorizer.
 */
public final class Cluster implements AutoCloseable {

    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              nonResourceURLs: ["*"]
            - level: Metadata
              users: [tidemark]
            - level: None
            """;

    private final Path root;
    private final Programs programs;
    private final Path folder;
    private final URI server;
    private final String token = UUID.randomUUID().toString();
    private final String ownToken = UUID.randomUUID().toString();
    private final Api api;

    private Cluster(Path root, Programs programs) throws IOException, InterruptedException {
        this.root = root;
        this.programs = programs;
        this.folder = programs.folder();
        int etcd = Programs.freePort();
        int port = Programs.freePort();
        this.server = URI.create("https://127.0.0.1:" + port);
        write();
        startEtcd(etcd);
        Process process = startServer(etcd, port);
        Path certificate = folder.resolve("certificates/apiserver.crt");
        var unusedTime = Limits.await("the API server", Limits.EFFECT, () -> {
            if (!process.isAlive()) {
                throw new IOException("kube-apiserver ended, see " + folder);
            }
            return Files.exists(certificate);
        });
        this.api = new Api(server, ownToken, certificate);
        while (!api.isReady()) {
            Limits.rest(Duration.ofMillis(100));
        }
        kubeconfig("admin", ownToken);
        kubeconfig("tidemark", token);
        for (String definitions : List.of("deploy/crds", "deploy/crds/flux")) {
            kubectl("apply", "--server-side", "-k", root.resolve(definitions).toString());
        }
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    }

    /** Why there cannot be one here; empty where there can. */
    public static Optional<String> missing() {
        return Programs.missing();
    }

    /**
     * Makes one.
     *
     * @param root of the checkout to measure
     * @param folder for all files
     */
    public static Cluster start(Path root, Path folder) throws IOException, InterruptedException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        Programs programs = new Programs(folder);
        try {
            return new Cluster(root, programs);
        } catch (IOException | InterruptedException | RuntimeException e) {
            programs.close();
            throw e;
        }
    }

    private void write() throws IOException {
        Files.writeString(folder.resolve("audit-policy.yaml"), POLICY);
        Files.writeString(
                folder.resolve("tokens.csv"),
                ownToken + ",admin,admin,system:masters\n" + token + ",tidemark,tidemark,system:masters\n");
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            Files.writeString(
                    folder.resolve("accounts.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(
                                            keys.generateKeyPair().getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private void startEtcd(int port) throws IOException {
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + Programs.freePort();
        var unused = programs.start(
                "etcd",
                Map.of(),
                List.of(
                        Programs.asset("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers));
    }

    private Process startServer(int etcd, int port) throws IOException {
        String keys = folder.resolve("accounts.pem").toString();
        return programs.start(
                "kube-apiserver",
                Map.of(),
                List.of(
                        Programs.asset("kube-apiserver").toString(),
                        "--etcd-servers=http://127.0.0.1:" + etcd,
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("certificates"),
                        "--token-auth-file=" + folder.resolve("tokens.csv"),
                        "--authorization-mode=RBAC",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + keys,
                        "--service-account-signing-key-file=" + keys,
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--endpoint-reconciler-type=none",
                        "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                        "--audit-log-path=" + folder.resolve("audit.log")));
    }

    private Path kubeconfig(String user, String token) throws IOException {
        String authority =
                Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("certificates/apiserver.crt")));
        return Files.writeString(
                folder.resolve(user + ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: bench
                clusters:
                - name: bench
                  cluster: {server: "%s", certificate-authority-data: "%s"}
                contexts:
                - name: bench
                  context: {cluster: bench, user: "%s"}
                users:
                - name: "%s"
                  user: {token: "%s"}
                """.formatted(server, authority, user, user, token));
    }

    private void kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Programs.asset("kubectl").toString(),
                "--kubeconfig=" + folder.resolve("admin.kubeconfig"),
                "--cache-dir=" + folder.resolve("cache")));
        command.addAll(List.of(arguments));
        var unused = programs.run(Map.of(), command);
    }

    public Api api() {
        return api;
    }

    /** What Tidemark asked for so far. */
    public Requests requests() throws IOException, InterruptedException {
        return Requests.read(folder.resolve("audit.log"));
    }

    /** Starts all-in-one as its manifest does. */
    public Service allInOne() throws IOException, InterruptedException {
        return service("all-in-one", Service.ALL_IN_ONE_MEBIBYTES, Map.of());
    }

    /** Starts a service as its manifest does. */
    public Service service(String module, String broker) throws IOException, InterruptedException {
        return service(module, Service.SERVICE_MEBIBYTES, Map.of("KAFKA_BOOTSTRAP_SERVERS", broker));
    }

    private Service service(String module, long mebibytes, Map<String, String> environment)
            throws IOException, InterruptedException {
        return Service.start(
                root,
                module,
                mebibytes,
                programs,
                folder.resolve("tidemark.kubeconfig").toString(),
                environment);
    }

    /** A broker for services; not all-in-one's. */
    public String broker() throws IOException, InterruptedException {
        return Service.broker(root, programs);
    }

    @Override
    public void close() {
        api.close();
        programs.close();
        Service.removeGroups();
    }
}
