package dev.tidemark.renderer.domain.input;

import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who depends on what among the resources of one moment: sets on providers, providers on feeds. */
public final class DeclaredInputs {

    public static final DeclaredInputs NONE = new DeclaredInputs(ResourceSnapshot.EMPTY);

    private final Map<ResourceId, Resource<?>> resources;
    private final Map<ResourceId, Resource<ResourceSetInputProviderSpec>> providers = new HashMap<>();
    private final Map<String, Set<ResourceId>> byFeed = new HashMap<>();
    private final Map<String, List<Resource<ResourceSetSpec>>> setsByNamespace;

    public DeclaredInputs(ResourceSnapshot snapshot) {
        this.resources = snapshot.resources();
        for (var provider : snapshot.all(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            providers.put(provider.id(), provider);
            feed(provider).ifPresent(feed -> byFeed.computeIfAbsent(feed, unused -> new HashSet<>())
                    .add(provider.id()));
        }
        this.setsByNamespace =
                snapshot.all(Kinds.RESOURCE_SET).stream().collect(Collectors.groupingBy(Resource::namespace));
    }

    /** The sets and providers that are declared. */
    public Set<ResourceId> ids() {
        Set<ResourceId> ids = new HashSet<>(providers.keySet());
        setsByNamespace.values().forEach(sets -> sets.forEach(set -> ids.add(set.id())));
        return ids;
    }

    /** Whether this is a provider that is declared: the log also tells of others. */
    public boolean isProvider(ResourceId id) {
        return providers.containsKey(id);
    }

    /** What is to be looked at since {@code before}: sets and providers that differ, and the sets that use these. */
    public Set<ResourceId> changedSince(DeclaredInputs before) {
        Set<ResourceId> changed = before.ids();
        changed.addAll(ids());
        changed.removeIf(id -> Objects.equals(before.resources.get(id), resources.get(id)));
        Set<ResourceId> users = new HashSet<>();
        for (ResourceId id : changed) {
            Optional.ofNullable(before.providers.get(id)).ifPresent(provider -> users.addAll(usersOf(provider)));
            Optional.ofNullable(providers.get(id)).ifPresent(provider -> users.addAll(usersOf(provider)));
        }
        changed.addAll(users);
        return changed;
    }

    /** The sets that use one of these providers. */
    public Set<ResourceId> usersOf(Collection<ResourceId> ids) {
        Set<ResourceId> users = new HashSet<>();
        for (ResourceId id : ids) {
            Optional.ofNullable(providers.get(id)).ifPresent(provider -> users.addAll(usersOf(provider)));
        }
        return users;
    }

    private Set<ResourceId> usersOf(Resource<ResourceSetInputProviderSpec> provider) {
        return setsByNamespace.getOrDefault(provider.namespace(), List.of()).stream()
                .filter(set -> mayUse(set, provider))
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    /** The providers that are filled from one of these feeds. */
    public Set<ResourceId> providersOf(Collection<String> feeds) {
        Set<ResourceId> found = new HashSet<>();
        feeds.forEach(feed -> found.addAll(byFeed.getOrDefault(feed, Set.of())));
        return found;
    }

    /** A selector that cannot be read fails its own set's run, and nobody else's. */
    private static boolean mayUse(Resource<ResourceSetSpec> set, Resource<ResourceSetInputProviderSpec> provider) {
        try {
            return InputReferences.uses(set, provider);
        } catch (RuntimeException unreadable) {
            return true;
        }
    }

    /** A provider whose values cannot be read has no feed: its own run says what is wrong. */
    private static Optional<String> feed(Resource<ResourceSetInputProviderSpec> provider) {
        try {
            return Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                    ? Optional.of(valid.feed().text())
                    : Optional.empty();
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
