package dev.tidemark.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a kubelet is told of a pod by a workload of {@code deploy} that an API server has taken, and what of it holds for a process
 * on this machine: all but addresses, ports and folders.
 *
 * @param variables of its container, those of whole ConfigMaps among them
 * @param ports by their names
 * @param folders where volumes are mounted
 */
record PodTemplate(
        String account,
        Map<String, String> variables,
        Map<String, Integer> ports,
        List<String> folders,
        List<Probe> probes) {

    private static final String EVERYWHERE = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param port by its name */
    record Probe(String port, String path) {}

    /** @param workload as kubectl takes it, {@code statefulset/name} */
    static PodTemplate of(ApiServer server, String namespace, String workload) {
        JsonNode found = get(server, namespace, workload);
        JsonNode spec = found.at("/spec/template/spec");
        JsonNode container = spec.at("/containers/0");
        // as the first pod of a StatefulSet is called
        String pod = found.at("/metadata/name").asText() + "-0";
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode source : container.path("envFrom")) {
            String configMap = source.at("/configMapRef/name").asText();
            get(server, namespace, "configmap/" + configMap)
                    .path("data")
                    .properties()
                    .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
        }
        for (JsonNode variable : container.path("env")) {
            variables.put(variable.path("name").asText(), value(variable, namespace, pod));
        }
        Map<String, Integer> ports = new TreeMap<>();
        container
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        List<String> folders = container
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("mountPath").asText())
                .toList();
        List<Probe> probes = Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(name -> container.path(name).path("httpGet"))
                .map(probe -> new Probe(
                        probe.path("port").asText(), probe.path("path").asText()))
                .toList();
        return new PodTemplate(spec.path("serviceAccountName").asText(), variables, ports, folders, probes);
    }

    private static String value(JsonNode variable, String namespace, String pod) {
        if (variable.has("value")) {
            return variable.path("value").asText();
        }
        String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
        return switch (field) {
            case "metadata.name" -> pod;
            case "metadata.namespace" -> namespace;
            default -> throw new AssertionError("no kubelet here that knows " + variable);
        };
    }

    private static JsonNode get(ApiServer server, String namespace, String object) {
        try {
            return JSON.readTree(server.kubectl("get", object, "-n", namespace, "-o", "json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some of this machine, by the names of the container's. */
    Map<String, Integer> freePorts() {
        Map<String, Integer> free = new TreeMap<>();
        ports.keySet().forEach(name -> free.put(name, EmbeddedBroker.freePort()));
        return free;
    }

    /**
     * The container's variables for a process.
     *
     * @param volume stands for what is mounted
     * @param local ports of this machine, by the names of the container's
     */
    Map<String, String> environment(Path volume, Map<String, Integer> local) {
        Map<String, String> environment = new TreeMap<>();
        variables.forEach((name, value) -> environment.put(name, moved(value, volume, local)));
        return environment;
    }

    private String moved(String value, Path volume, Map<String, Integer> local) {
        if (value.equals(EVERYWHERE)) {
            return LOOPBACK;
        }
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            if (value.equals(port.getValue().toString())) {
                return String.valueOf(local.get(port.getKey()));
            }
        }
        for (String folder : folders) {
            if (value.startsWith(folder + '/')) {
                return volume + value.substring(folder.length());
            }
        }
        return value;
    }

    /** Whether every probe is answered as a kubelet wants it. */
    boolean isReady(Map<String, Integer> local) throws InterruptedException {
        for (Probe probe : probes) {
            if (!answers(Objects.requireNonNull(local.get(probe.port()), probe.toString()), probe.path())) {
                return false;
            }
        }
        return true;
    }

    private static boolean answers(int port, String path) throws InterruptedException {
        URI uri = URI.create("http://" + LOOPBACK + ':' + port + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notListeningYet) {
            return false;
        }
    }
}
