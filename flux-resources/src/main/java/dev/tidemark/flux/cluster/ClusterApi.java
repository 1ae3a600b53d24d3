package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tidemark.flux.FluxJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Requests to the API server, as JSON. What it answers is an answer; only one that does not is an exception. */
final class ClusterApi implements AutoCloseable {

    static final String APPLY = "application/apply-patch+yaml";
    static final String MERGE = "application/merge-patch+json";
    static final String JSON = "application/json";

    /** A page of large objects from a busy server takes a few seconds; more is an outage. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The client repeats what a busy or restarting server refuses, as it is told; who waits longer has its own back-off. */
    private static final int RETRIES = 2;

    private final KubernetesClient client;
    private final HttpClient http;
    private final String server;
    private final Patience patience;
    private final LongAdder requests = new LongAdder();

    /**
     * How long somebody waits.
     *
     * @param limit for an answer, or for the beginning of one that is read bit by bit
     * @param remedy said when it is over; empty where the log is read by who knows
     */
    record Patience(Duration limit, String remedy) {

        /** With all repetitions. */
        static final Patience OF_A_SERVICE = new Patience(TIMEOUT.multipliedBy(RETRIES + 1), "");

        /** In front of a terminal; a page of large objects comes within it also from another continent. */
        static final Patience OF_A_PERSON = new Patience(
                Duration.ofSeconds(10),
                "check the address in the kubeconfig and the way to it, or choose another cluster with --context");
    }

    ClusterApi(Config config) {
        this(config, Patience.OF_A_SERVICE);
    }

    ClusterApi(Config config, Patience patience) {
        this.patience = patience;
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .build();
        this.http = client.getHttpClient();
        this.server = String.valueOf(client.getMasterUrl()).replaceAll("/+$", "");
    }

    /** What it sends by; closed with this. */
    KubernetesClient client() {
        return client;
    }

    /** How many requests were sent, those included that only begin a watch. */
    long requests() {
        return requests.sum();
    }

    Answer get(String path) {
        return send("GET", path, JSON, null);
    }

    /** @throws UncheckedIOException when there is no answer */
    Answer send(String method, String path, String contentType, @Nullable JsonNode body) {
        HttpRequest.Builder request = request(path).timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (body != null) {
            request.method(method, contentType, body.toString());
        }
        HttpResponse<String> response = await(http.sendAsync(request.build(), String.class));
        return new Answer(response.code(), parsed(response.body()));
    }

    /**
     * Begins to watch. Whoever gets it reads it and closes it.
     *
     * @throws UncheckedIOException when there is no answer
     */
    WatchStream watch(String path) {
        WatchStream stream = new WatchStream();
        HttpRequest request = request(path).forStreaming().build();
        stream.opened(await(http.consumeBytes(request, stream::received)));
        return stream;
    }

    /**
     * Begins to read an answer that is no JSON. Whoever gets it closes its body.
     *
     * @param patient where the answer begins with something that has yet to happen
     */
    HttpResponse<InputStream> stream(String path, boolean patient) {
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(request(path).forStreaming().build(), InputStream.class);
        return patient ? await(answer, Duration.ofMillis(Long.MAX_VALUE)) : await(answer);
    }

    /** Opens a port of this machine's loopback that leads to a port of a pod; a connection is made when one comes in. */
    LocalPortForward forward(String namespace, String pod, int port) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .portForward(port, InetAddress.getLoopbackAddress(), 0);
    }

    private HttpRequest.Builder request(String path) {
        requests.increment();
        return http.newHttpRequestBuilder().uri(server + path).header("Accept", JSON);
    }

    private <T> T await(CompletableFuture<T> answer) {
        return await(answer, patience.limit());
    }

    private <T> T await(CompletableFuture<T> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw away(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away(new TimeoutException("nothing came for " + limit.toSeconds() + " s"));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("waiting for the API server was interrupted"));
        }
    }

    private UncheckedIOException away(Throwable cause) {
        String why = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ')';
        return failure(
                "the API server " + server + " does not answer" + why
                        + (patience.remedy().isEmpty() ? "" : ": " + patience.remedy()),
                cause);
    }

    /** With words for people. */
    static UncheckedIOException failure(String message, @Nullable Throwable cause) {
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    /**
     * For the person who asked, by whose rights it was.
     *
     * @param what the person wanted
     * @param said by the API server
     */
    static UncheckedIOException refused(String what, int code, String said) {
        return failure(
                switch (code) {
                    case Answer.UNAUTHORIZED ->
                        "the API server does not know your user: log in anew, or choose another one with --context or"
                                + " --kubeconfig (" + said + ')';
                    case Answer.FORBIDDEN ->
                        "your user may not " + what + ": have a role bound to it that allows it (" + said + ')';
                    default -> "the API server answers: " + said;
                },
                null);
    }

    static JsonNode parsed(@Nullable String text) {
        try {
            return text == null || text.isEmpty()
                    ? MissingNode.getInstance()
                    : FluxJson.json().readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
