package dev.tidemark.evaluator.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Resources that count what is asked of them. */
final class CountingResources implements Resources {

    private final Resources resources;
    private int asked;

    CountingResources(Resources resources) {
        this.resources = resources;
    }

    /** How many resources were asked for, one by one or together. */
    int asked() {
        return asked;
    }

    @Override
    public Set<Kind<?>> kinds() {
        return resources.kinds();
    }

    @Override
    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        asked++;
        return resources.find(kind, namespace, name);
    }

    @Override
    public Optional<Resource<?>> find(ResourceId id) {
        asked++;
        return resources.find(id);
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return counted(resources.all(kind));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        return counted(resources.all(kind, namespace));
    }

    @Override
    public <S> List<Resource<S>> all(Index<S> index, String key) {
        return counted(resources.all(index, key));
    }

    private <S> List<Resource<S>> counted(List<Resource<S>> all) {
        asked += all.size();
        return all;
    }

    @Override
    public boolean isComplete() {
        return resources.isComplete();
    }

    @Override
    public boolean isGone(ResourceId id) {
        return resources.isGone(id);
    }

    @Override
    public Registration onChange(Consumer<List<Change>> listener) {
        return resources.onChange(listener);
    }
}
