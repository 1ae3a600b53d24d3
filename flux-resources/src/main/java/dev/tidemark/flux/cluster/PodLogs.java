package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the pods of a Tidemark in a cluster write to their log, through the API server, with the rights of whoever asks. */
public final class PodLogs {

    /** Every pod of {@code deploy/}. */
    static final String PODS = "app.kubernetes.io/part-of=tidemark";

    /** By this name in {@code deploy/}; others are what a mesh puts beside it. */
    private static final String CONTAINER = "service";

    /** A sentence of the API server's. */
    private static final int LONGEST_REFUSAL = 16 * 1024;

    private final ClusterApi api;
    private final String namespace;

    PodLogs(ClusterApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** A pod, and the container in it whose log is meant. */
    public record Pod(String name, String container) {}

    /**
     * The pods that there are, whether they run or not.
     *
     * @throws UncheckedIOException where they may not be listed, or the API server does not answer
     */
    public List<Pod> pods() {
        Answer answer = api.get(root() + "?labelSelector=" + Served.encoded(PODS));
        if (!answer.isSuccess()) {
            throw ClusterApi.refused("list the pods in " + namespace, answer.code(), answer.message());
        }
        List<Pod> pods = new ArrayList<>();
        for (JsonNode pod : answer.body().path("items")) {
            pods.add(new Pod(pod.path("metadata").path("name").asText(), container(pod.path("spec"))));
        }
        pods.sort(Comparator.comparing(Pod::name));
        return pods;
    }

    private static String container(JsonNode spec) {
        List<String> names = spec.path("containers")
                .valueStream()
                .map(one -> one.path("name").asText())
                .toList();
        return names.contains(CONTAINER) ? CONTAINER : names.getFirst();
    }

    /**
     * Lines of a pod's log, each with its time before it. Whoever opens them closes them.
     *
     * @param tail how many, the newest; negative for all that are kept
     * @param follow whether to go on with what comes; this then returns with the first line
     * @throws UncheckedIOException where they may not be read, the pod has none yet, or the API server does not answer
     */
    public InputStream open(Pod pod, int tail, Optional<Instant> since, boolean follow) {
        HttpResponse<InputStream> answer = api.stream(
                root() + '/' + Served.encoded(pod.name()) + "/log?timestamps=true&container="
                        + Served.encoded(pod.container())
                        + (tail < 0 ? "" : "&tailLines=" + tail)
                        + since.map(time -> "&sinceTime=" + Served.encoded(time.toString()))
                                .orElse("")
                        + (follow ? "&follow=true" : ""),
                follow);
        if (answer.code() / 100 != 2) {
            throw ClusterApi.refused("get pods/log in " + namespace, answer.code(), said(answer));
        }
        return answer.body();
    }

    private static String said(HttpResponse<InputStream> refusal) {
        try (InputStream body = refusal.body()) {
            String text = new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
            return new Answer(refusal.code(), ClusterApi.parsed(text)).message();
        } catch (IOException broken) {
            return "HTTP " + refusal.code();
        }
    }

    private String root() {
        return "/api/v1/namespaces/" + Served.encoded(namespace) + "/pods";
    }
}
