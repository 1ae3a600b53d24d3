package dev.tidemark.watcher.reconcile;

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

/** Counts how many resources are handed out: what somebody's question costs. */
final class CountedResources implements Resources {

    private final Resources counted;
    private int handedOut;

    CountedResources(Resources counted) {
        this.counted = counted;
    }

    int handedOut() {
        return handedOut;
    }

    void forget() {
        handedOut = 0;
    }

    private <T> List<T> count(List<T> answer) {
        handedOut += answer.size();
        return answer;
    }

    private <T> Optional<T> count(Optional<T> answer) {
        handedOut++;
        return answer;
    }

    @Override
    public Set<Kind<?>> kinds() {
        return counted.kinds();
    }

    @Override
    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        return count(counted.find(kind, namespace, name));
    }

    @Override
    public Optional<Resource<?>> find(ResourceId id) {
        return count(counted.find(id));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return count(counted.all(kind));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        return count(counted.all(kind, namespace));
    }

    @Override
    public <S> List<Resource<S>> all(Index<S> index, String key) {
        return count(counted.all(index, key));
    }

    @Override
    public boolean isComplete() {
        return counted.isComplete();
    }

    @Override
    public boolean isGone(ResourceId id) {
        return counted.isGone(id);
    }

    @Override
    public Registration onChange(Consumer<List<Change>> listener) {
        return counted.onChange(listener);
    }
}
