package dev.tidemark.committer.domain;

import dev.tidemark.committer.app.GitCommitter;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Resources and Secrets from YAML. */
public final class Manifests implements ResourceSource, SecretReader {

    public static final String REPOSITORY = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: apps}
            spec: {url: "https://git.example/org/fleet.git", interval: 5m, ref: {branch: main}}
            """;

    public static final String AUTOMATION = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageUpdateAutomation
            metadata: {name: auto, namespace: apps}
            spec:
              interval: 5m
              sourceRef: {kind: GitRepository, name: fleet}
              git:
                commit:
                  author: {name: bot, email: bot@example.org}
                  messageTemplate: "{{range .Changed.Changes}}{{.NewValue}} {{end}}"
                push: {branch: staging}
            """;

    public static String policy(String name) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: NAME, namespace: apps}
                spec: {imageRepositoryRef: {name: NAME}, policy: {alphabetical: {}}}
                """.replace("NAME", name);
    }

    public static String secret(String content) {
        return "{apiVersion: v1, kind: Secret, metadata: {name: key, namespace: apps}, stringData: " + content + "}";
    }

    private final Map<ResourceId, Resource<?>> resources = new TreeMap<>();
    private final Map<ResourceId, Integer> deletions = new HashMap<>();
    private final List<ResourceCache> caches = new ArrayList<>();
    private final List<Consumer<ResourceId>> secretListeners = new ArrayList<>();

    /** The Secrets that somebody was refused with. */
    public final List<String> refused = new ArrayList<>();

    /** The source cannot be read. */
    public boolean away;

    public static Manifests of(String... documents) {
        Manifests manifests = new Manifests();
        for (String document : documents) {
            manifests.apply(document);
        }
        return manifests;
    }

    public void apply(String document) {
        Resource<?> read = read(document);
        Resource<?> resource = ofUid(read, read.id() + "#" + deletions.getOrDefault(read.id(), 0));
        resources.put(resource.id(), resource);
        caches.forEach(cache -> cache.upsert(resource));
        secretChanged(resource.id());
    }

    /** One that was deleted and is declared again is another object. */
    private static <S> Resource<S> ofUid(Resource<S> resource, String uid) {
        Metadata read = resource.metadata();
        return new Resource<>(
                resource.kind(),
                new Metadata(
                        read.namespace(),
                        read.name(),
                        read.labels(),
                        read.annotations(),
                        uid,
                        read.generation(),
                        read.resourceVersion()),
                resource.spec());
    }

    private static Resource<?> read(String document) {
        try {
            return switch (ResourceReader.read(FluxJson.readYaml(document))) {
                case ResourceReader.Outcome.Read read -> read.resource();
                case ResourceReader.Outcome.Invalid invalid -> throw new AssertionError(invalid.message());
                case ResourceReader.Outcome.UnknownKind unknown -> throw new AssertionError(unknown.toString());
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody deletes it. */
    public void delete(ResourceId id) {
        resources.remove(id);
        deletions.merge(id, 1, Integer::sum);
        caches.forEach(cache -> cache.delete(id));
        secretChanged(id);
    }

    public boolean has(ResourceId id) {
        return resources.containsKey(id);
    }

    private void secretChanged(ResourceId id) {
        if (id.kind().equals(Kinds.SECRET.name())) {
            List.copyOf(secretListeners).forEach(listener -> listener.accept(id));
        }
    }

    /** The source can be read again. */
    public void isBack() {
        away = false;
        caches.forEach(this::give);
    }

    /** What the committer sees of it, told of on the thread of whoever changes it. */
    public ResourceCache cache() {
        ResourceCache cache = new ResourceCache(GitCommitter.KINDS, References.INDEXES, Runnable::run);
        var unused = feed(cache);
        return cache;
    }

    @Override
    public Registration feed(ResourceCache cache) {
        caches.add(cache);
        if (!away) {
            give(cache);
        }
        return () -> caches.remove(cache);
    }

    private void give(ResourceCache cache) {
        resources.values().forEach(cache::upsert);
        cache.completed(id -> !resources.containsKey(id));
    }

    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        return Optional.ofNullable(resources.get(new ResourceId(Kinds.SECRET.name(), namespace, name)))
                .flatMap(found -> found.as(Kinds.SECRET))
                .map(Resource::spec);
    }

    @Override
    public void refused(String namespace, String name) {
        refused.add(namespace + '/' + name);
    }

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        secretListeners.add(listener);
        return () -> secretListeners.remove(listener);
    }
}
