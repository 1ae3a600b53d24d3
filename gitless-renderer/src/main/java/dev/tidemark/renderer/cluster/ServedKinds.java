package dev.tidemark.renderer.cluster;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which kinds the API server serves, and how. What it serves is remembered; what it does not is asked for again, but not by
 * every object of a set. A definition that is applied here is learned from itself.
 */
final class ServedKinds {

    /** So often a group is asked for again that did not have a kind: sets without their definition are tried all the time. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    /** One version of a group as it was at that time. */
    private record Version(Map<String, ResourceDefinitionContext> kinds, Instant at) {}

    ServedKinds(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * How an object's kind is served.
     *
     * @throws ObjectStoreException where it is not
     */
    ResourceDefinitionContext of(KubeObject object) {
        return find(object.apiVersion(), object.kind())
                .orElseThrow(() -> new ObjectStoreException(
                        object.id() + ": no kind " + object.kind() + " in version " + object.apiVersion()
                                + ": install its CRD first, or correct apiVersion and kind",
                        null));
    }

    /** How a kind is served in whatever version, the preferred one first; empty where it is not: it has no objects then. */
    Optional<ResourceDefinitionContext> of(ObjectId id) {
        Optional<ResourceDefinitionContext> known = first(groups.getOrDefault(id.group(), List.of()), id.kind());
        if (known.isPresent()) {
            return known;
        }
        List<String> served = read(id.group());
        if (!served.isEmpty()) {
            groups.put(id.group(), served);
        }
        return first(served, id.kind());
    }

    private Optional<ResourceDefinitionContext> first(List<String> apiVersions, String kind) {
        return apiVersions.stream().flatMap(one -> find(one, kind).stream()).findFirst();
    }

    private Optional<ResourceDefinitionContext> find(String apiVersion, String kind) {
        Version known = versions.get(apiVersion);
        if (known != null && (known.kinds().containsKey(kind) || isFresh(known))) {
            return Optional.ofNullable(known.kinds().get(kind));
        }
        Version read = readVersion(apiVersion);
        versions.put(apiVersion, read);
        return Optional.ofNullable(read.kinds().get(kind));
    }

    private boolean isFresh(Version known) {
        return clock.instant().isBefore(known.at().plus(ASKED_AGAIN));
    }

    private List<String> read(String group) {
        if (group.isEmpty()) {
            return List.of("v1");
        }
        APIGroup found = client.getApiGroup(group);
        if (found == null || found.getVersions() == null) {
            return List.of();
        }
        Stream<String> preferred = found.getPreferredVersion() == null
                ? Stream.of()
                : Stream.of(found.getPreferredVersion().getGroupVersion());
        return Stream.concat(preferred, found.getVersions().stream().map(version -> version.getGroupVersion()))
                .distinct()
                .toList();
    }

    private Version readVersion(String apiVersion) {
        Map<String, ResourceDefinitionContext> kinds = new HashMap<>();
        APIResourceList found = client.getApiResources(apiVersion);
        if (found != null && found.getResources() != null) {
            for (APIResource resource : found.getResources()) {
                // a subresource, for example deployments/scale, has a kind too
                if (!resource.getName().contains("/")) {
                    kinds.put(
                            resource.getKind(),
                            context(apiVersion, resource.getKind(), resource.getName(), resource.getNamespaced()));
                }
            }
        }
        return new Version(kinds, clock.instant());
    }

    /** A definition was applied: what it defines is served when it is established, whenever discovery says so. */
    void learn(KubeObject definition) {
        Definitions.served(definition).forEach((apiVersion, served) -> {
            Version known = versions.get(apiVersion);
            Map<String, ResourceDefinitionContext> kinds =
                    known == null ? new HashMap<>() : new HashMap<>(known.kinds());
            kinds.put(served.kind(), context(apiVersion, served.kind(), served.plural(), served.namespaced()));
            versions.put(apiVersion, new Version(kinds, known == null ? Instant.MIN : known.at()));
        });
    }

    /** The API server does not know what it served before: a definition was deleted. */
    void forget(String apiVersion) {
        versions.remove(apiVersion);
    }

    private static ResourceDefinitionContext context(
            String apiVersion, String kind, String plural, boolean namespaced) {
        int slash = apiVersion.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
