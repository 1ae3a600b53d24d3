package dev.tidemark.committer.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
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

/** Resources that count how they are asked. */
final class CountedResources implements Resources {

    private final Resources below;

    /** Each plan finds its GitRepository, and nobody else asks for one. */
    int plans;

    /** How many resources were handed out in lists. */
    int listed;

    CountedResources(Resources below) {
        this.below = below;
    }

    void reset() {
        plans = 0;
        listed = 0;
    }

    private <S> List<Resource<S>> listed(List<Resource<S>> all) {
        listed += all.size();
        return all;
    }

    @Override
    public Set<Kind<?>> kinds() {
        return below.kinds();
    }

    @Override
    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        if (kind.equals(Kinds.GIT_REPOSITORY)) {
            plans++;
        }
        return below.find(kind, namespace, name);
    }

    @Override
    public Optional<Resource<?>> find(ResourceId id) {
        return below.find(id);
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return listed(below.all(kind));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        return listed(below.all(kind, namespace));
    }

    @Override
    public <S> List<Resource<S>> all(Index<S> index, String key) {
        return listed(below.all(index, key));
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
