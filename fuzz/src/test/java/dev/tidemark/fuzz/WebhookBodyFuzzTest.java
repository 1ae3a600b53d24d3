package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.hook.HookRequest;
import dev.tidemark.watcher.hook.WebhookHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Any body from a sender of every type: it is answered, names tags that are tags, and asks for a bounded amount of work. */
class WebhookBodyFuzzTest {

    private static final List<String> TYPES = List.of(
            "generic",
            "generic-hmac",
            "github",
            "bitbucket",
            "gitlab",
            "harbor",
            "nexus",
            "dockerhub",
            "quay",
            "acr",
            "gcr",
            "cdevents");

    private static final String TOKEN = "t0ken";

    /** The claims of one body, or a scan of each listed image. */
    private static final int MOST_NOTIFICATIONS = 32;

    private static final WebhookHandler HANDLER = handler();

    /** Their proof is a header: without it nobody is let in, whatever the body. */
    private static final Set<String> PROVED =
            Set.of("generic-hmac", "github", "bitbucket", "gitlab", "harbor", "nexus", "gcr");

    private static final ImageName LISTED = new ImageName("registry.example/team/web");

    /** The first byte says which type, its highest bit whether the content is called a form. */
    @FuzzTest(maxDuration = "5m")
    void bodies(byte[] input) throws GeneralSecurityException {
        if (input.length == 0) {
            return;
        }
        String type = TYPES.get((input[0] & 0x7F) % TYPES.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", input[0] < 0 ? "application/x-www-form-urlencoded" : "application/json");
        if (PROVED.contains(type)) {
            assertThat(HANDLER.receive(new HookRequest(path(type), headers::get, body)))
                    .isInstanceOf(WebhookHandler.Answer.Refused.class);
        }
        headers.put("X-Hub-Signature-256", "sha256=" + hmac("HmacSHA256", body));
        headers.put("X-Signature", "sha1=" + hmac("HmacSHA1", body));
        headers.put("X-Nexus-Webhook-Signature", hmac("HmacSHA1", body));
        headers.put("X-Gitlab-Token", TOKEN);
        headers.put("Authorization", type.equals("gcr") ? "Bearer proof" : TOKEN);

        switch (HANDLER.receive(new HookRequest(path(type), headers::get, body))) {
            case WebhookHandler.Answer.Accepted(List<RegistryNotified> notifications, Set<ResourceId> requests) -> {
                assertThat(requests).isEmpty();
                assertThat(notifications).hasSizeLessThanOrEqualTo(MOST_NOTIFICATIONS);
                notifications.forEach(notification -> check(notification, type));
            }
            case WebhookHandler.Answer.Unusable(var receiver, String why) ->
                assertThat(why).doesNotContainPattern("\\p{Cc}|[a-z]Exception");
            // These are let in by their proof alone; of the others Flux reads the body first.
            case WebhookHandler.Answer.Refused refused ->
                assertThat(type).isNotIn("generic", "generic-hmac", "gitlab", "harbor");
            case WebhookHandler.Answer answer -> throw new AssertionError(answer);
        }
    }

    private static void check(RegistryNotified notification, String type) {
        assertThat(notification.image()).isEqualTo(LISTED);
        assertThat(notification.receiver()).isEqualTo("apps/" + type);
        String tag = notification.claimedTag();
        if (tag != null) {
            assertThat(tag).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
        }
    }

    private static WebhookHandler handler() {
        StringBuilder manifests = new StringBuilder("""
                apiVersion: v1
                kind: Secret
                metadata: {name: token, namespace: apps}
                stringData: {token: t0ken, audience: a, email: e}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: web, namespace: apps, labels: {app: web}}
                spec: {image: registry.example/team/web, interval: 1h}
                """);
        for (String type : TYPES) {
            manifests.append("""
                    ---
                    apiVersion: notification.toolkit.fluxcd.io/v1
                    kind: Receiver
                    metadata: {name: %s, namespace: apps}
                    spec:
                      type: %s
                      secretRef: {name: token}
                      resourceFilter: "!has(req.skip) || req.skip != res.metadata.name"
                      resources: [{kind: ImageRepository, name: web}]
                    """.formatted(type, type));
        }
        return new WatchedResources(resources(manifests.toString()), new CelFilters()).handler;
    }

    private static Map<ResourceId, Resource<?>> resources(String manifests) {
        Map<ResourceId, Resource<?>> resources = new HashMap<>();
        for (String document : manifests.split("---\n", -1)) {
            try {
                JsonNode object = FluxJson.readYaml(document);
                if (ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read) {
                    resources.put(read.resource().id(), read.resource());
                } else {
                    throw new AssertionError(document);
                }
            } catch (IOException e) {
                throw new AssertionError(document, e);
            }
        }
        return resources;
    }

    private static String path(String type) throws GeneralSecurityException {
        byte[] secret = (TOKEN + type + "apps").getBytes(StandardCharsets.UTF_8);
        return "/hook/"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
    }

    private static String hmac(String algorithm, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
