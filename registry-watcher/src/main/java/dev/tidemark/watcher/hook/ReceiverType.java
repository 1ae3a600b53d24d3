package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The types of Receivers that are served, each with how a request proves itself (flux-git-based 18.3). */
enum ReceiverType {
    /** The path is the secret. */
    GENERIC("generic", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return true;
        }
    },
    GENERIC_HMAC("generic-hmac", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return Signature.matches(request.header("X-Signature"), trust.token(), request.body());
        }
    },
    GITHUB("github", "X-GitHub-Event") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return signedLikeGitHub(request, trust.token());
        }

        @Override
        byte[] payload(HookRequest request) {
            return formPayload(request);
        }
    },
    BITBUCKET("bitbucket", "X-Event-Key") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return signedLikeGitHub(request, trust.token());
        }

        @Override
        byte[] payload(HookRequest request) {
            return formPayload(request);
        }
    },
    GITLAB("gitlab", "X-Gitlab-Event") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return Signature.same(request.header("X-Gitlab-Token"), trust.token());
        }
    },
    HARBOR("harbor", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return Signature.same(request.header("Authorization"), trust.token());
        }
    },
    NEXUS("nexus", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            String signature = request.header("X-Nexus-Webhook-Signature");
            // Flux compares texts here, not bytes: upper-case digits are refused.
            return signature.equals(signature.toLowerCase(Locale.ROOT))
                    && Signature.matches("sha1=" + signature, trust.token(), request.body())
                    && Payloads.parse(request.body()).isPresent();
        }
    },
    DOCKERHUB("dockerhub", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(
                    request,
                    json -> isObject(member(json, "push_data"))
                            && isObject(member(json, "repository"))
                            && isText(member(member(json, "push_data"), "tag"))
                            && isText(member(member(json, "repository"), "repo_url")));
        }
    },
    QUAY("quay", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(request, json -> isText(member(json, "docker_url")) && isTexts(member(json, "updated_tags")));
        }
    },
    ACR("acr", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(
                    request,
                    json -> isText(member(json, "action"))
                            && isObject(member(json, "target"))
                            && isText(member(member(json, "target"), "repository"))
                            && isText(member(member(json, "target"), "tag")));
        }
    },
    GCR("gcr", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return PubSub.accepts(request, trust);
        }

        @Override
        byte[] payload(HookRequest request) {
            return PubSub.event(request.body()).orElse(new byte[0]);
        }
    },
    CDEVENTS("cdevents", "Ce-Type") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return CdEvents.isEvent(request.body());
        }
    };

    private static final String FORM = "application/x-www-form-urlencoded";

    private final String fluxName;
    private final String eventHeader;

    ReceiverType(String fluxName, String eventHeader) {
        this.fluxName = fluxName;
        this.eventHeader = eventHeader;
    }

    static Optional<ReceiverType> named(String fluxName) {
        return Arrays.stream(values()).filter(t -> t.fluxName.equals(fluxName)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(t -> t.fluxName).toList();
    }

    /** Whether the request proves itself. */
    abstract boolean accepts(HookRequest request, Trust trust);

    /** What the sender says, taken out of a form where it sits in one. */
    byte[] payload(HookRequest request) {
        return request.body();
    }

    /** {@code spec.events}: no list takes everything, types without events ignore it. */
    boolean wants(HookRequest request, List<String> events) {
        if (eventHeader.isEmpty() || events.isEmpty()) {
            return true;
        }
        String event = request.header(eventHeader);
        return events.stream().anyMatch(event::equalsIgnoreCase);
    }

    private static boolean signedLikeGitHub(HookRequest request, String token) {
        String type = request.header("Content-Type");
        if (!type.startsWith("application/json") && !type.startsWith(FORM)) {
            return false;
        }
        if (token.isEmpty()) {
            return true;
        }
        String strong = request.header("X-Hub-Signature-256");
        String signature = strong.isEmpty() ? request.header("X-Hub-Signature") : strong;
        return Signature.matches(signature, token, request.body());
    }

    private static byte[] formPayload(HookRequest request) {
        if (!request.header("Content-Type").startsWith(FORM)) {
            return request.body();
        }
        String form = new String(request.body(), StandardCharsets.UTF_8);
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith("payload=")) {
                try {
                    return URLDecoder.decode(pair.substring("payload=".length()), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8);
                } catch (IllegalArgumentException badEscape) {
                    return new byte[0];
                }
            }
        }
        return new byte[0];
    }

    /** A payload of another shape is refused; {@code null} has every shape, as in Go. */
    private static boolean shaped(HookRequest request, Predicate<JsonNode> shape) {
        Optional<JsonNode> json = Payloads.parseFirst(request.body());
        return json.isPresent() && (json.get().isNull() || (json.get().isObject() && shape.test(json.get())));
    }

    /** Go's decoder takes member names whatever their case. */
    private static JsonNode member(JsonNode object, String name) {
        JsonNode found = object.path(name);
        if (!found.isMissingNode()) {
            return found;
        }
        return object.propertyStream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(found);
    }

    private static boolean isObject(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isObject();
    }

    private static boolean isText(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isTextual();
    }

    private static boolean isTexts(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isArray() && node.valueStream().allMatch(ReceiverType::isText));
    }
}
