package dev.tidemark.flux.cluster;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A kind in the version in which a cluster serves it, and where its objects are found. */
record Served(Kind<?> kind, String version) {

    /** What is looked at only for the sake of others is not chosen by label. */
    private static final Set<Kind<?>> WORKED_ON = Set.of(
            Kinds.IMAGE_REPOSITORY,
            Kinds.IMAGE_POLICY,
            Kinds.IMAGE_UPDATE_AUTOMATION,
            Kinds.RECEIVER,
            Kinds.RESOURCE_SET,
            Kinds.RESOURCE_SET_INPUT_PROVIDER);

    /** Asks for the first of its versions that a cluster serves; empty where it serves none. */
    static Optional<Served> find(Kind<?> kind, ClusterApi api) {
        for (String version : kind.versions()) {
            Served served = new Served(kind, version);
            Answer answer = api.get(served.root());
            if (!answer.isSuccess() && answer.code() != Answer.NOT_FOUND) {
                throw new UnreadableException(answer.code(), "asking what the API server serves: " + answer.message());
            }
            for (var resource : answer.body().path("resources")) {
                if (resource.path("name").asText().equals(kind.plural())) {
                    return Optional.of(served);
                }
            }
        }
        return Optional.empty();
    }

    String apiVersion() {
        return kind.group().isEmpty() ? version : kind.group() + '/' + version;
    }

    /** {@code imagepolicies.image.toolkit.fluxcd.io}, as roles name it. */
    String resource() {
        return kind.group().isEmpty() ? kind.plural() : kind.plural() + '.' + kind.group();
    }

    private String root() {
        return kind.group().isEmpty() ? "/api/" + version : "/apis/" + kind.group() + '/' + version;
    }

    /** What the API server says of all kinds of that version. */
    String description() {
        return "/openapi/v3" + root();
    }

    /** What a list or watch begins with; parameters may follow. */
    String collection(ClusterSettings settings) {
        String only = settings.namespace();
        if (kind.equals(Kinds.NAMESPACE)) {
            return root() + "/namespaces?" + (only.isEmpty() ? "" : named(only));
        }
        return (only.isEmpty() ? root() + '/' + kind.plural() : within(only)) + '?' + selector(settings);
    }

    /** A list of one object, if it is there and chosen: whoever may list may ask this. */
    String one(ResourceId id, ClusterSettings settings) {
        String where = id.namespace().isEmpty() ? root() + '/' + kind.plural() : within(id.namespace());
        return where + '?' + named(id.name()) + selector(settings);
    }

    private String within(String namespace) {
        return root() + "/namespaces/" + namespace + '/' + kind.plural();
    }

    private static String named(String name) {
        return "&fieldSelector=" + encoded("metadata.name=" + name);
    }

    private String selector(ClusterSettings settings) {
        return settings.selector().isEmpty() || !WORKED_ON.contains(kind)
                ? ""
                : "&labelSelector=" + encoded(settings.selector());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One object. */
    String object(ResourceId id) {
        return (id.namespace().isEmpty() ? root() + '/' + kind.plural() : within(id.namespace())) + '/' + id.name();
    }
}
