package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder that is read when a test says so. */
final class Reading {

    private final FolderSource source;
    private final ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);

    Reading(Path folder, Clock clock, boolean strict, String searchPath) {
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(folder), null, strict, searchPath), clock);
        var unused = source.feed(cache);
    }

    Reading load() {
        source.look(new FolderWatch.Seen.Everything());
        return this;
    }

    Map<ResourceId, Resource<?>> resources() {
        Map<ResourceId, Resource<?>> all = new TreeMap<>();
        Kinds.all().forEach(kind -> cache.all(kind).forEach(resource -> all.put(resource.id(), resource)));
        return all;
    }

    <S> List<Resource<S>> all(Kind<S> kind) {
        return cache.all(kind);
    }

    <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        return cache.find(kind, namespace, name);
    }

    List<Problem> problems() {
        return source.problems();
    }
}
