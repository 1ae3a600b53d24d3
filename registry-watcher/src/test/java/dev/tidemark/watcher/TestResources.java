package dev.tidemark.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.watcher.reconcile.WatcherResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a test declares: the source of resources and the reader of Secrets. Remembers which Secrets were asked for. */
public final class TestResources implements ResourceSource, SecretReader {

    private final Map<ResourceId, Resource<?>> declared = new LinkedHashMap<>();
    private final List<ResourceCache> caches = new ArrayList<>();
    private final List<Consumer<ResourceId>> secretListeners = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private String unreadable = "";
    private boolean away;
    private int uids;

    /** Documents, parted by lines of three hyphens. */
    public TestResources declare(String manifests) {
        for (String document : manifests.split("---\n", -1)) {
            if (!document.isBlank()) {
                declare(resource(document));
            }
        }
        return this;
    }

    public static Resource<?> resource(String document) {
        try {
            return resource(FluxJson.readYaml(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Resource<?> resource(JsonNode object) {
        return switch (ResourceReader.read(object)) {
            case ResourceReader.Outcome.Read outcome -> outcome.resource();
            case ResourceReader.Outcome other -> throw new AssertionError(object + ": " + other);
        };
    }

    /** One that was deleted and is declared again is another object. */
    public void declare(Resource<?> resource) {
        Resource<?> before = declared.get(resource.id());
        Resource<?> now = withUid(
                resource, before == null ? "uid-" + ++uids : before.metadata().uid());
        declared.put(now.id(), now);
        if (!away) {
            caches.forEach(cache -> cache.upsert(now));
        }
        if (!now.equals(before)) {
            tellOfSecret(now.id());
        }
    }

    private static <S> Resource<S> withUid(Resource<S> resource, String uid) {
        return new Resource<>(resource.kind(), resource.metadata().identified(uid, Instant.EPOCH), resource.spec());
    }

    public void delete(ResourceId id) {
        declared.remove(id);
        caches.forEach(cache -> cache.delete(id));
        tellOfSecret(id);
    }

    private void tellOfSecret(ResourceId id) {
        if (id.kind().equals(Kinds.SECRET.name())) {
            secretListeners.forEach(listener -> listener.accept(id));
        }
    }

    /** Exactly this is declared. */
    public void replace(List<? extends Resource<?>> all) {
        List<ResourceId> kept = new ArrayList<>();
        all.forEach(resource -> kept.add(resource.id()));
        List.copyOf(declared.keySet()).stream().filter(id -> !kept.contains(id)).forEach(this::delete);
        all.forEach(this::declare);
    }

    /** What follows this at once, of one partition. */
    public WatcherResources followed() {
        WatcherResources resources = new WatcherResources(1, Runnable::run);
        var unused = resources.follow(this);
        return resources;
    }

    /** A cache that follows this at once. */
    public Resources cache() {
        return followed().declared();
    }

    /** Nothing can be read yet. */
    public void setAway() {
        away = true;
    }

    /** Everything can be read. */
    public void appear() {
        away = false;
        caches.forEach(this::give);
    }

    private void give(ResourceCache cache) {
        declared.values().forEach(cache::upsert);
        cache.completed(id -> true);
    }

    @Override
    public Registration feed(ResourceCache cache) {
        caches.add(cache);
        if (!away) {
            give(cache);
        }
        return () -> caches.remove(cache);
    }

    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        read.add(namespace + '/' + name);
        if (unreadable.equals(namespace + '/' + name)) {
            throw new UncheckedIOException(new IOException("the server does not answer"));
        }
        return Optional.ofNullable(declared.get(new ResourceId(Kinds.SECRET.name(), namespace, name)))
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

    /** The Secret that cannot be read, {@code namespace/name}; none if empty. */
    public void setUnreadable(String secret) {
        unreadable = secret;
    }

    public void forgetRead() {
        read.clear();
    }

    /** Which Secrets were read, each time. */
    public List<String> read() {
        return List.copyOf(read);
    }

    /** Which Secrets somebody was refused with. */
    public List<String> refused() {
        return List.copyOf(refused);
    }
}
