package dev.tidemark.evaluator;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Resources from YAML. */
public record Manifests(List<Resource<?>> resources) {

    public static final Manifests NONE = new Manifests(List.of());

    /** The manifests of a case below {@code cases}. */
    public static Manifests ofCase(String number) {
        try (InputStream in = Manifests.class.getResourceAsStream("/cases/" + number + "/manifests/all.yaml")) {
            return of(new String(Objects.requireNonNull(in, number).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manifests of(String documents) {
        List<Resource<?>> resources = new ArrayList<>();
        YamlReader each = new YamlReader(documents, YamlDialect.KUBERNETES);
        for (var next = each.next(); next != null; next = each.next()) {
            switch (ResourceReader.read(FluxJson.json().valueToTree(next.value()))) {
                case ResourceReader.Outcome.Read read -> resources.add(read.resource());
                case ResourceReader.Outcome.Invalid invalid -> throw new AssertionError(invalid.message());
                case ResourceReader.Outcome.UnknownKind unknown -> throw new AssertionError(unknown.toString());
            }
        }
        return new Manifests(resources);
    }

    /** Those that are left without a kind. */
    public Manifests without(String kind) {
        return new Manifests(resources.stream()
                .filter(resource -> !resource.kind().name().equals(kind))
                .toList());
    }

    /** More of them. */
    public Manifests and(Resource<?>... more) {
        return new Manifests(Stream.concat(resources.stream(), Stream.of(more)).toList());
    }

    /** The same, those of a kind as other objects. */
    public Manifests withUid(String kind, String uid) {
        return new Manifests(resources.stream()
                .<Resource<?>>map(
                        resource -> resource.kind().name().equals(kind) ? identified(resource, uid) : resource)
                .toList());
    }

    private static <S> Resource<S> identified(Resource<S> resource, String uid) {
        Metadata before = resource.metadata();
        return new Resource<>(
                resource.kind(),
                new Metadata(
                        before.namespace(),
                        before.name(),
                        before.labels(),
                        before.annotations(),
                        uid,
                        before.generation(),
                        before.resourceVersion()),
                resource.spec());
    }

    /** Lets a cache hold these and no others. */
    public void give(ResourceCache cache) {
        cache.kinds()
                .forEach(kind -> cache.replace(
                        kind,
                        resources.stream()
                                .filter(resource -> resource.kind().equals(kind))
                                .toList()));
    }

    /** What the evaluator sees of them. */
    public ResourceCache cache() {
        ResourceCache cache = new ResourceCache(PolicySources.KINDS, PolicySources.INDEXES, Runnable::run);
        give(cache);
        cache.completed(absent -> true);
        return cache;
    }

    /** What they want of each policy and provider, in a cluster called {@code local}. */
    public Map<ResourceId, WantedPolicy> wanted() {
        ResourceCache cache = cache();
        Map<ResourceId, WantedPolicy> wanted = new TreeMap<>();
        Stream.concat(cache.all(Kinds.IMAGE_POLICY).stream(), cache.all(Kinds.RESOURCE_SET_INPUT_PROVIDER).stream())
                .forEach(resource -> wanted.put(
                        resource.id(),
                        WantedPolicy.of(PolicySources.of(resource, cache), "local", CrossNamespaceRefs.ALLOWED)));
        return wanted;
    }

    /** What they declare. */
    public List<PolicyDeclared> declared() {
        return wanted().values().stream()
                .flatMap(one -> one instanceof WantedPolicy.Declares(PolicyDeclared policy)
                        ? Stream.of(policy)
                        : Stream.empty())
                .toList();
    }
}
