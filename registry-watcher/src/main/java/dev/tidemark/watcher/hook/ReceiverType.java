package dev.tidemark.watcher.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
            return Signature.isToken(request.header("X-Gitlab-Token"), trust.token());
        }
    },
    HARBOR("harbor", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return Signature.isToken(request.header("Authorization"), trust.token());
        }
    },
    NEXUS("nexus", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            String signature = request.header("X-Nexus-Webhook-Signature");
            // Flux compares texts here, not bytes: upper-case digits are refused.
            return signature.equals(signature.toLowerCase(Locale.ROOT))
                    && Signature.matches("sha1=" + signature, trust.token(), request.body())
                    && Json.whole(request.body()).filter(NEXUS_BODY::fits).isPresent();
        }
    },
    DOCKERHUB("dockerhub", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(request, DOCKERHUB_BODY);
        }
    },
    QUAY("quay", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(request, QUAY_BODY);
        }
    },
    ACR("acr", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return shaped(request, ACR_BODY);
        }
    },
    GCR("gcr", "") {
        @Override
        boolean accepts(HookRequest request, Trust trust) {
            return PubSub.accepts(request, trust);
        }

        @Override
        List<String> secretKeys() {
            return List.of("token", "audience", "email");
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

    // What Flux reads of these bodies: where it cannot, it refuses the request.
    private static final Shape DOCKERHUB_BODY = Shape.object(Map.of(
            "push_data", Shape.object(Map.of("tag", Shape.TEXT)),
            "repository", Shape.object(Map.of("repo_url", Shape.TEXT))));
    private static final Shape QUAY_BODY = Shape.object(Map.of("docker_url", Shape.TEXT, "updated_tags", Shape.TEXTS));
    private static final Shape ACR_BODY = Shape.object(
            Map.of("action", Shape.TEXT, "target", Shape.object(Map.of("repository", Shape.TEXT, "tag", Shape.TEXT))));
    private static final Shape NEXUS_BODY = Shape.object(Map.of("action", Shape.TEXT, "repositoryname", Shape.TEXT));

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

    /** What the Secret must hold, and not blank: each proves something, the token at least makes the path a secret. */
    List<String> secretKeys() {
        return List.of("token");
    }

    /** What the sender says, taken out of a form where it sits in one. */
    byte[] payload(HookRequest request) {
        return request.body();
    }

    /** {@code spec.events}: no list takes everything, types without events ignore it. */
    boolean isAbout(HookRequest request, List<String> events) {
        if (eventHeader.isEmpty() || events.isEmpty()) {
            return true;
        }
        String event = request.header(eventHeader);
        return events.stream().anyMatch(event::equalsIgnoreCase);
    }

    private static boolean signedLikeGitHub(HookRequest request, String token) {
        String strong = request.header("X-Hub-Signature-256");
        String signature = strong.isEmpty() ? request.header("X-Hub-Signature") : strong;
        return Signature.matches(signature, token, request.body())
                && payloadLikeGitHub(request).isPresent();
    }

    /** The body or what a form in it calls payload; empty for another type of content. */
    private static Optional<byte[]> payloadLikeGitHub(HookRequest request) {
        return switch (MediaType.of(request.header("Content-Type")).orElse("")) {
            case MediaType.JSON -> Optional.of(request.body());
            case MediaType.FORM -> Form.payload(request.body());
            default -> Optional.empty();
        };
    }

    private static byte[] formPayload(HookRequest request) {
        return payloadLikeGitHub(request).orElse(new byte[0]);
    }

    private static boolean shaped(HookRequest request, Shape shape) {
        return Json.first(request.body()).filter(shape::fits).isPresent();
    }
}
