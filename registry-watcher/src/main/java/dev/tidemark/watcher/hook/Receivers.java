package dev.tidemark.watcher.hook;

import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import dev.tidemark.watcher.domain.WebhookReceivers;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The declared Receivers, what each comes to, and their paths. For any thread: whoever looks a path up sees a Receiver as
 * it was or as it is, and one that moves to another path is always found under one of the two.
 */
public final class Receivers implements WebhookReceivers {

    private final Language filters;
    private final IdTokens idTokens;
    private final Map<ResourceId, ReceiverState> states = new ConcurrentHashMap<>();
    private final Map<String, Set<ResourceId>> byPath = new ConcurrentHashMap<>();
    private final Set<ResourceId> unread = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    public Receivers(Language filters, IdTokens idTokens) {
        this.filters = filters;
        this.idTokens = idTokens;
    }

    @Override
    public void open() {
        open = true;
    }

    @Override
    public void expect(ResourceId id) {
        if (!states.containsKey(id)) {
            unread.add(id);
        }
    }

    @Override
    public void read(Resource<ReceiverSpec> receiver, @Nullable SecretContent secret) {
        ResourceId id = receiver.id();
        ReceiverState before = states.get(id);
        ReceiverState now = ReceiverState.of(receiver, secret, before, filters, idTokens);
        // the new path leads nowhere until the state says so, and then the old one does
        lead(now.path(), id);
        states.put(id, now);
        if (before != null && !Objects.equals(before.path(), now.path())) {
            leadNoMore(before.path(), id);
        }
        unread.remove(id);
    }

    @Override
    public void remove(ResourceId id) {
        ReceiverState before = states.remove(id);
        if (before != null) {
            leadNoMore(before.path(), id);
        }
        unread.remove(id);
    }

    private void lead(@Nullable String path, ResourceId id) {
        if (path != null) {
            byPath.merge(path, Set.of(id), (some, more) -> {
                Set<ResourceId> all = new TreeSet<>(some);
                all.addAll(more);
                return all;
            });
        }
    }

    private void leadNoMore(@Nullable String path, ResourceId id) {
        if (path != null) {
            byPath.computeIfPresent(path, (same, some) -> {
                Set<ResourceId> rest = new TreeSet<>(some);
                rest.remove(id);
                return rest.isEmpty() ? null : rest;
            });
        }
    }

    /** The Receiver with this path, which the raw URI must equal; of several the first by name. */
    Optional<ReceiverState> at(String uri) {
        return byPath.getOrDefault(uri, Set.of()).stream()
                .flatMap(id -> Optional.ofNullable(states.get(id)).stream())
                .filter(state -> uri.equals(state.path()))
                .findFirst();
    }

    /** Whether a path that leads nowhere is nobody's, and not only unread yet. */
    boolean areAllKnown() {
        return open && unread.isEmpty();
    }

    @Override
    public Optional<StatusRule<ReceiverStatus>> status(ResourceId id, Instant now) {
        return Optional.ofNullable(states.get(id))
                .filter(state -> !state.receiver().spec().suspend())
                .map(state -> new ReceiverRule(state, now));
    }
}
