package dev.tidemark.benchmarks.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.benchmarks.Report;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.hook.HookRequest;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.hook.WebhookHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What the body of a webhook costs from the handler to what is to be looked at, per megabyte; the worst shapes that fit. */
public final class ClaimReading {

    private static final int BYTES = 2_600_000;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 20;
    private static final double MEGABYTE = 1e6;

    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Secret
            metadata: {name: token, namespace: apps}
            stringData: {token: example}
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: web, namespace: apps}
            spec: {image: registry.example/team/web, interval: 1h}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: web, namespace: apps}
            spec: {type: quay, secretRef: {name: token}, resources: [{kind: ImageRepository, name: web}]}
            """;

    private ClaimReading() {}

    public static void main(String... args) throws Exception {
        Report report = new Report(Path.of(args[0]));
        WebhookHandler handler = handler();
        Map<String, byte[]> bodies = new TreeMap<>();
        bodies.put("tags", repeated("{\"repository\":\"x\",\"updated_tags\":[", "\"%d\"", "]}"));
        bodies.put("pulls", repeated("{\"events\":[", "{\"action\":\"pull\",\"target\":{\"tag\":\"%d\"}}", "]}"));
        bodies.put("members", repeated("{", "\"m%d\":0", "}"));
        bodies.put("one text", ("{\"a\":\"" + "x".repeat(BYTES) + "\"}").getBytes(StandardCharsets.US_ASCII));
        String escaped = "\\n\\u00e4é x";
        bodies.put(
                "escapes",
                ("{\"repository\":\"" + escaped.repeat(BYTES / 12) + "\",\"updated_tags\":[\"1\"]}")
                        .getBytes(StandardCharsets.UTF_8));
        bodies.put(
                "nesting",
                ("{\"a\":" + "[".repeat(9_000) + "0" + ",0".repeat(BYTES / 2) + "]".repeat(9_000) + "}")
                        .getBytes(StandardCharsets.US_ASCII));
        String path = "/hook/"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest("examplewebapps".getBytes(StandardCharsets.UTF_8)));
        bodies.forEach((shape, body) -> measure(report, handler, path, shape, body));
    }

    private static void measure(Report report, WebhookHandler handler, String path, String shape, byte[] body) {
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            WebhookHandler.Answer answer = handler.receive(new HookRequest(path, name -> null, body));
            long nanos = System.nanoTime() - begin;
            if (!(answer instanceof WebhookHandler.Answer.Accepted)) {
                throw new IllegalStateException(shape + ": " + answer);
            }
            if (i >= 0) {
                best = Math.min(best, nanos);
                sum += nanos;
            }
        }
        report.say("%s: %.1f ms per MB, at best %.1f (%d bytes)"
                .formatted(
                        shape,
                        sum / 1e6 / ROUNDS / (body.length / MEGABYTE),
                        best / 1e6 / (body.length / MEGABYTE),
                        body.length));
    }

    private static byte[] repeated(String before, String item, String after) {
        StringBuilder text = new StringBuilder(before);
        for (int i = 0; text.length() < BYTES; i++) {
            text.append(i == 0 ? "" : ",").append(String.format(item, i));
        }
        return text.append(after).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static WebhookHandler handler() throws Exception {
        ResourceCache cache = new ResourceCache(Kinds.all(), ReceiverReferences.INDEXES, Runnable::run);
        for (String document : MANIFESTS.split("---\n", -1)) {
            JsonNode object = FluxJson.readYaml(document);
            if (ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read) {
                cache.upsert(read.resource());
            }
        }
        cache.completed(id -> true);
        Receivers receivers = new Receivers(new CelFilters(), (token, audience, email) -> false);
        SecretContent token =
                cache.find(Kinds.SECRET, "apps", "token").orElseThrow().spec();
        cache.all(Kinds.RECEIVER).forEach(receiver -> receivers.read(receiver, token));
        return new WebhookHandler(receivers, cache, CrossNamespaceRefs.ALLOWED);
    }
}
