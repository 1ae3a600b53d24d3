package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The management port of a Tidemark in a cluster, on a port of this machine's loopback, until it is closed: through the API
 * server to a pod, as {@code kubectl port-forward} goes, with the rights of whoever asks. Nothing in the cluster is exposed
 * for it. Within the pod a request comes from loopback, where reading wants no token (ADR 19).
 */
public final class ManagementForward implements AutoCloseable {

    /** Where deploy/ puts everything. */
    public static final String NAMESPACE = "tidemark";

    /** Pods that have the evaluator in them, each of which answers for every policy. */
    private static final String PODS = PodLogs.PODS + ",app.kubernetes.io/name in (all-in-one,policy-evaluator)";

    /** By these names in {@code deploy/components}: the port, and the volume with the token's Secret. */
    private static final String MANAGEMENT = "management";

    private static final int DEFAULT_PORT = 9000;
    private static final String TOKEN = "token";

    private final ClusterApi api;
    private final JsonNode pod;
    private final LocalPortForward forward;

    private ManagementForward(ClusterApi api, JsonNode pod, LocalPortForward forward) {
        this.api = api;
        this.pod = pod;
        this.forward = forward;
    }

    /**
     * Opens the way to a pod that is ready.
     *
     * @throws UncheckedIOException saying what to do where there is none, it may not be looked for, or the API server does not
     *     answer
     */
    static ManagementForward open(ClusterApi api, String namespace) {
        return open(api, namespace, choose(pods(api, namespace, PODS), namespace));
    }

    /**
     * Opens the ways to all pods that are ready and have such a port, whatever runs in them.
     *
     * @throws UncheckedIOException as {@link #open(ClusterApi, String)}
     */
    static List<ManagementForward> openAll(ClusterApi api, String namespace) {
        List<JsonNode> pods = pods(api, namespace, PodLogs.PODS).stream()
                .filter(pod -> managementPort(pod).isPresent())
                .toList();
        // who has none to ask is told why
        JsonNode unused = choose(pods, namespace);
        return pods.stream()
                .filter(ManagementForward::isReady)
                .sorted(Comparator.comparing(ManagementForward::name))
                .map(pod -> open(api, namespace, pod))
                .toList();
    }

    private static ManagementForward open(ClusterApi api, String namespace, JsonNode pod) {
        try {
            return new ManagementForward(api, pod, api.forward(namespace, name(pod), port(pod)));
        } catch (RuntimeException refused) {
            throw ClusterApi.failure("no port of this machine can be opened for " + name(pod), refused);
        }
    }

    private static List<JsonNode> pods(ClusterApi api, String namespace, String labels) {
        Answer answer = api.get(
                "/api/v1/namespaces/" + Served.encoded(namespace) + "/pods?labelSelector=" + Served.encoded(labels));
        if (!answer.isSuccess()) {
            throw refused("the pods of Tidemark cannot be looked for: list of pods in " + namespace, answer);
        }
        return StreamSupport.stream(answer.body().path("items").spliterator(), false)
                .toList();
    }

    private static JsonNode choose(List<JsonNode> pods, String namespace) {
        if (pods.isEmpty()) {
            throw failure("neither all-in-one nor policy-evaluator runs in namespace '" + namespace
                    + "': name Tidemark's own namespace with --installed-in");
        }
        return pods.stream()
                .filter(ManagementForward::isReady)
                .min(Comparator.comparing(ManagementForward::name))
                .orElseThrow(() -> failure("no pod of Tidemark is ready in namespace '" + namespace + "' ("
                        + String.join(
                                ", ",
                                pods.stream().map(ManagementForward::state).toList())
                        + "): 'kubectl describe pod -n " + namespace + ' ' + name(pods.getFirst()) + "' says why"));
    }

    private static boolean isReady(JsonNode pod) {
        return !pod.path("metadata").hasNonNull("deletionTimestamp")
                && each(pod.path("status").path("conditions"))
                        .anyMatch(one -> one.path("type").asText().equals("Ready")
                                && one.path("status").asText().equals("True"));
    }

    private static String state(JsonNode pod) {
        return name(pod)
                + ' '
                + (pod.path("metadata").hasNonNull("deletionTimestamp")
                        ? "ends"
                        : pod.path("status").path("phase").asText("Unknown"));
    }

    private static int port(JsonNode pod) {
        return managementPort(pod).orElse(DEFAULT_PORT);
    }

    private static OptionalInt managementPort(JsonNode pod) {
        return each(pod.path("spec").path("containers"))
                .flatMap(container -> each(container.path("ports")))
                .filter(port -> port.path("name").asText().equals(MANAGEMENT))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    /** Where to ask. */
    public URI address() {
        return URI.create("http://" + forward.getLocalAddress().getHostAddress() + ':' + forward.getLocalPort());
    }

    /** Which pod answers, {@code namespace/name}. */
    public String podName() {
        return namespace() + '/' + name(pod);
    }

    /**
     * What a change wants, from the Secret that the pod has it from; read when it is asked for, and for nothing else.
     *
     * @throws UncheckedIOException saying what to do where the pod has none from a Secret, or it may not be read
     */
    public String token() {
        String secret = each(pod.path("spec").path("volumes"))
                .filter(volume -> volume.path("name").asText().equals(MANAGEMENT))
                .map(volume -> volume.path("secret").path("secretName").asText())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow(() -> failure("pod " + podName()
                        + " made its token itself, and nobody outside knows it: add deploy/components/management-token,"
                        + " which gives it one from a Secret"));
        Answer answer = api.get("/api/v1/namespaces/" + namespace() + "/secrets/" + secret);
        if (answer.code() == Answer.NOT_FOUND) {
            throw failure("the Secret " + namespace() + '/' + secret + " with the token of pod " + podName()
                    + " is gone: make it again, key '" + TOKEN + '\'');
        }
        if (!answer.isSuccess()) {
            throw refused("the token cannot be read: get of the Secret " + namespace() + '/' + secret, answer);
        }
        return decoded(answer.body().path("data").path(TOKEN).asText())
                .orElseThrow(() -> failure(
                        "the Secret " + namespace() + '/' + secret + " has no key '" + TOKEN + "' with the token"));
    }

    private static Optional<String> decoded(String data) {
        try {
            String token = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** What was wrong with the way, for people; empty where nothing is known of it. */
    public String trouble() {
        return Stream.of(forward.getServerThrowables(), forward.getClientThrowables())
                .flatMap(Collection::stream)
                .map(ManagementForward::said)
                .findFirst()
                .orElse("");
    }

    private static String said(Throwable trouble) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        return cause instanceof WebSocketHandshakeException refused
                ? "HTTP " + refused.getResponse().code()
                : Objects.requireNonNullElse(cause.getMessage(), "the connection broke");
    }

    private String namespace() {
        return pod.path("metadata").path("namespace").asText();
    }

    private static String name(JsonNode pod) {
        return pod.path("metadata").path("name").asText();
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static UncheckedIOException refused(String what, Answer answer) {
        String remedy = answer.code() == Answer.FORBIDDEN ? " has to be granted to you" : " failed";
        return failure(what + remedy + " (" + answer.message() + ')');
    }

    private static UncheckedIOException failure(String message) {
        return ClusterApi.failure(message, null);
    }

    @Override
    public void close() {
        try {
            forward.close();
        } catch (IOException gone) {
            // it ends with this process at the latest
        }
    }
}
