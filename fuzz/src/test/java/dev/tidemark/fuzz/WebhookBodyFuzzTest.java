package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.hook.Door;
import dev.tidemark.watcher.hook.HookRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

    private static final Door DOOR = door();

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
        headers.put("X-Hub-Signature-256", "sha256=" + hmac("HmacSHA256", body));
        headers.put("X-Signature", "sha1=" + hmac("HmacSHA1", body));
        headers.put("X-Nexus-Webhook-Signature", hmac("HmacSHA1", body));
        headers.put("X-Gitlab-Token", TOKEN);
        headers.put("Authorization", type.equals("gcr") ? "Bearer proof" : TOKEN);

        Door.Answer answer = DOOR.receive(new HookRequest(path(type), headers::get, body));

        assertThat(answer).isNotInstanceOfAny(Door.Answer.Unknown.class, Door.Answer.Closed.class);
        if (answer instanceof Door.Answer.Accepted(List<RegistryNotified> notifications, var unused)) {
            assertThat(notifications).hasSizeLessThanOrEqualTo(MOST_NOTIFICATIONS);
            for (RegistryNotified notification : notifications) {
                String tag = notification.claimedTag();
                if (tag != null) {
                    assertThat(tag).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
                }
            }
        }
    }

    private static Door door() {
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
        Door door = new Door(new CelFilters(), (token, audience, email) -> true);
        var unused = door.watch(snapshot(manifests.toString()));
        return door;
    }

    private static ResourceSnapshot snapshot(String manifests) {
        Map<ResourceId, Resource<?>> resources = new HashMap<>();
        for (String document : manifests.split("---\n", -1)) {
            try {
                JsonNode object = FluxJson.yaml().readTree(document);
                if (ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read) {
                    resources.put(read.resource().id(), read.resource());
                } else {
                    throw new AssertionError(document);
                }
            } catch (IOException e) {
                throw new AssertionError(document, e);
            }
        }
        return new ResourceSnapshot(resources, List.of());
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
