package dev.tidemark.runtime.resources;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Resources that count how many of them were asked for: what a service's questions cost, without a clock. */
public final class CountedResources implements Resources {

    private final Resources below;
    private final Map<String, Integer> found = new HashMap<>();
    private int listed;

    public CountedResources(Resources below) {
        this.below = below;
    }

    /** How many were asked for, one by one or in lists. */
    public synchronized int asked() {
        return listed + found.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of a kind were asked for one by one. */
    public synchronized int found(Kind<?> kind) {
        return found.getOrDefault(kind.name(), 0);
    }

    /** How many were handed out in lists. */
    public synchronized int listed() {
        return listed;
    }

    /** Counts from nothing. */
    public synchronized void reset() {
        found.clear();
        listed = 0;
    }

    private synchronized void find(String kind) {
        found.merge(kind, 1, Integer::sum);
    }

    private synchronized <S> List<Resource<S>> list(List<Resource<S>> all) {
        listed += all.size();
        return all;
    }

    @Override
    public Set<Kind<?>> kinds() {
        return below.kinds();
    }

    @Override
    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        find(kind.name());
        return below.find(kind, namespace, name);
    }

    @Override
    public Optional<Resource<?>> find(ResourceId id) {
        find(id.kind());
        return below.find(id);
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return list(below.all(kind));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        return list(below.all(kind, namespace));
    }

    @Override
    public <S> List<Resource<S>> all(Index<S> index, String key) {
        return list(below.all(index, key));
    }

    @Override
    public boolean isComplete() {
        return below.isComplete();
    }

    @Override
    public boolean isGone(ResourceId id) {
        return below.isGone(id);
    }

    @Override
    public Registration onChange(Consumer<List<Change>> listener) {
        return below.onChange(listener);
    }
}
