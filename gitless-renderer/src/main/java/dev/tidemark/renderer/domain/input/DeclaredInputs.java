package dev.tidemark.renderer.domain.input;

import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who depends on what among what is declared: sets on providers, providers on feeds. Found by index: nothing asks all. */
public final class DeclaredInputs {

    private static final Index<ResourceSetInputProviderSpec> BY_FEED =
            new Index<>(Kinds.RESOURCE_SET_INPUT_PROVIDER, DeclaredInputs::feed);

    /** By the names of the providers that a set names, and by no name where it selects some by their labels. */
    private static final Index<ResourceSetSpec> BY_PROVIDER =
            new Index<>(Kinds.RESOURCE_SET, DeclaredInputs::providers);

    private static final String BY_LABEL = "";

    /** What a cache needs for these answers. */
    public static final List<Index<?>> INDEXES = List.of(BY_FEED, BY_PROVIDER);

    private final Resources declared;

    public DeclaredInputs(Resources declared) {
        this.declared = declared;
    }

    private static Set<String> feed(Resource<ResourceSetInputProviderSpec> provider) {
        return Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                ? Set.of(valid.feed().text())
                : Set.of();
    }

    private static Set<String> providers(Resource<ResourceSetSpec> set) {
        return InputReferences.references(set.spec()).stream()
                .map(reference -> key(set.namespace(), reference.name() == null ? BY_LABEL : reference.name()))
                .collect(Collectors.toSet());
    }

    private static String key(String namespace, String name) {
        return namespace + '/' + name;
    }

    /** All sets and providers that are declared; costs what there is. */
    public Set<ResourceId> all() {
        return Stream.concat(
                        declared.all(Kinds.RESOURCE_SET).stream(),
                        declared.all(Kinds.RESOURCE_SET_INPUT_PROVIDER).stream())
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    /** What is to be looked at after a change: the resource itself and the sets that use it, or did before. */
    public Set<ResourceId> concernedBy(Change change) {
        Set<ResourceId> concerned = new HashSet<>();
        concerned.add(change.id());
        if (change.kind().equals(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            // also where nothing but the name is known of one that went
            naming(change.id()).forEach(set -> concerned.add(set.id()));
            change.before(Kinds.RESOURCE_SET_INPUT_PROVIDER).ifPresent(before -> concerned.addAll(usersOf(before)));
            change.after(Kinds.RESOURCE_SET_INPUT_PROVIDER).ifPresent(after -> concerned.addAll(usersOf(after)));
        }
        return concerned;
    }

    /** Those of these that are declared providers: the log also tells of others. */
    public List<Resource<ResourceSetInputProviderSpec>> providers(Collection<ResourceId> ids) {
        return ids.stream()
                .flatMap(id -> declared.find(id).stream())
                .flatMap(found -> found.as(Kinds.RESOURCE_SET_INPUT_PROVIDER).stream())
                .toList();
    }

    /** The providers that are filled from one of these feeds. */
    public Set<ResourceId> providersOf(Collection<String> feeds) {
        return feeds.stream()
                .flatMap(feed -> declared.all(BY_FEED, feed).stream())
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    /** The sets that use a provider. */
    public Set<ResourceId> usersOf(Resource<ResourceSetInputProviderSpec> provider) {
        return Stream.concat(
                        naming(provider.id()).stream(),
                        declared.all(BY_PROVIDER, key(provider.namespace(), BY_LABEL)).stream())
                .filter(set -> mayUse(set, provider))
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    private List<Resource<ResourceSetSpec>> naming(ResourceId provider) {
        return declared.all(BY_PROVIDER, key(provider.namespace(), provider.name()));
    }

    /** A selector that cannot be read fails its own set's run, and nobody else's. */
    private static boolean mayUse(Resource<ResourceSetSpec> set, Resource<ResourceSetInputProviderSpec> provider) {
        try {
            return InputReferences.uses(set, provider);
        } catch (RuntimeException unreadable) {
            return true;
        }
    }
}
