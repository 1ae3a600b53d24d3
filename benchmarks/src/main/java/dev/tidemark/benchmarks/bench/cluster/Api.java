package dev.tidemark.benchmarks.bench.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An API server as whoever declares and annotates objects sees it. */
public final class Api implements AutoCloseable {

    /** As many as kubectl would take minutes for, without a queue at the server. */
    private static final int AT_ONCE = 8;

    private static final Pattern NAME = Pattern.compile("metadata: *\\{name: ([^,}]+), namespace: ([^,}]+)");
    private static final Pattern KIND = Pattern.compile("^kind: (\\w+)$", Pattern.MULTILINE);
    private static final Pattern VERSION = Pattern.compile("^apiVersion: (\\S+)$", Pattern.MULTILINE);

    private final URI server;
    private final String token;
    private final HttpClient http;

    Api(URI server, String token, Path certificate) throws IOException {
        this.server = server;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(certificate))
                // a watch has a connection of its own, and does not share its buffers with short requests
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static SSLContext trusting(Path certificate) throws IOException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("server-" + store.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of the API server cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where the objects of a kind of ours are, in all namespaces or in one. */
    static String path(String kind, String apiVersion, String namespace) {
        String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
        String plural = kind.endsWith("y")
                ? kind.toLowerCase(Locale.ROOT).replaceAll("y$", "ies")
                : kind.toLowerCase(Locale.ROOT) + 's';
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + '/' + plural;
    }

    /** Makes the objects of manifests of ours, each with {@code metadata: {name, namespace}} on one line. */
    public void create(List<String> manifests) throws IOException, InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (String manifest : manifests) {
                for (String document : manifest.split("---\n", -1)) {
                    all.add(executor.submit(() -> {
                        created(document);
                        return null;
                    }));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an object cannot be made: " + e.getMessage(), e);
        }
    }

    private void created(String document) throws IOException, InterruptedException {
        String namespace = found(NAME, document, 2);
        String path = path(found(KIND, document, 1), found(VERSION, document, 1), namespace);
        send("POST", path, "application/yaml", document);
    }

    private static String found(Pattern pattern, String document, int group) throws IOException {
        Matcher matcher = pattern.matcher(document);
        if (!matcher.find()) {
            throw new IOException("no manifest of ours: " + document);
        }
        return matcher.group(group);
    }

    /** Makes a namespace. */
    public void namespace(String name) throws IOException, InterruptedException {
        send(
                "POST",
                "/api/v1/namespaces",
                "application/yaml",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}\n");
    }

    /** Asks for a run, as {@code flux reconcile} does. */
    public void request(ClusterKind kind, String namespace, String name, String token)
            throws IOException, InterruptedException {
        send(
                "PATCH",
                path(kind.kind(), kind.apiVersion(), namespace) + '/' + name,
                "application/merge-patch+json",
                "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"" + token + "\"}}}");
    }

    private void send(String method, String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                question(path)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    method + ' ' + path + " is answered " + response.statusCode() + ": " + response.body());
        }
    }

    boolean isReady() throws InterruptedException {
        try {
            return http.send(question("/readyz").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Tells of everything of a kind, and what happens to it, a line each, until that is cancelled. */
    void watch(ClusterKind kind, Flow.Subscriber<String> lines) {
        var unused = http.sendAsync(
                question(path(kind.kind(), kind.apiVersion(), "") + "?watch=true")
                        .build(),
                // a stream of lines would hold one back until the next begins
                HttpResponse.BodyHandlers.fromLineSubscriber(lines));
    }

    private HttpRequest.Builder question(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
