package dev.tidemark.runtime.status;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was said of resources and is not written yet. For any thread. */
final class PendingStatuses {

    /**
     * So many outcomes of one resource wait while the store is away; of more the oldest is dropped. Each says all that its
     * run came to, and the newest counts.
     */
    private static final int MAX_RULES = 16;

    private final Map<ResourceId, Pending> pending = new ConcurrentHashMap<>();

    /** What is to be done for one resource. */
    sealed interface Pending {
        StatusOwner owner();

        CompletableFuture<Void> done();
    }

    record Removal(StatusOwner owner, CompletableFuture<Void> done) implements Pending {}

    /**
     * @param rules in the order in which they were said
     * @param since when the first of them was
     */
    record Said<T>(
            Resource<?> resource,
            Class<T> type,
            StatusOwner owner,
            List<StatusRule<T>> rules,
            Instant since,
            CompletableFuture<Void> done)
            implements Pending {

        /** There is one rule at least. */
        T over(Optional<T> before) {
            T status = rules.getFirst().after(before);
            for (StatusRule<T> rule : rules.subList(1, rules.size())) {
                status = rule.after(Optional.of(status));
            }
            return status;
        }

        private Said<T> and(Resource<?> newest, StatusOwner newestOwner, StatusRule<T> rule) {
            List<StatusRule<T>> all = new ArrayList<>(rules);
            all.add(rule);
            List<StatusRule<T>> kept = all.subList(Math.max(0, all.size() - MAX_RULES), all.size());
            return new Said<>(newest, type, newestOwner, List.copyOf(kept), since, done);
        }
    }

    <T> CompletableFuture<Void> add(
            Resource<?> resource, Class<T> type, StatusOwner owner, StatusRule<T> rule, Instant now) {
        return change(resource.id(), before -> typed(before, type)
                .map(said -> said.and(resource, owner, rule))
                .orElseGet(() -> new Said<>(resource, type, owner, List.of(rule), now, doneOf(before))));
    }

    CompletableFuture<Void> removal(ResourceId id, StatusOwner owner) {
        return change(id, before -> new Removal(owner, doneOf(before)));
    }

    private CompletableFuture<Void> change(ResourceId id, Function<@Nullable Pending, Pending> next) {
        return pending.compute(id, (_, before) -> next.apply(before)).done();
    }

    /** Who waits for what was said before waits for what takes its place. */
    private static CompletableFuture<Void> doneOf(@Nullable Pending before) {
        return before == null ? new CompletableFuture<>() : before.done();
    }

    Optional<Pending> find(ResourceId id) {
        return Optional.ofNullable(pending.get(id));
    }

    /** What a reader sees when this is the stored status. */
    <T> Optional<T> over(ResourceId id, Class<T> type, Optional<T> stored) {
        Pending now = pending.get(id);
        return now instanceof Removal
                ? Optional.empty()
                : typed(now, type).map(said -> said.over(stored)).or(() -> stored);
    }

    /** It is done; what was said meanwhile is not. */
    @SuppressWarnings("ReferenceEquality") // the same words may have been said again
    void done(ResourceId id, Pending what, Instant at) {
        Pending left = pending.computeIfPresent(id, (_, now) -> {
            if (now == what) {
                return null;
            }
            return now instanceof Said<?> said && what instanceof Said<?> written ? without(said, written, at) : now;
        });
        if (left == null) {
            what.done().complete(null);
        }
    }

    /** What is left was said during the write. */
    private static <T> Pending without(Said<T> now, Said<?> written, Instant at) {
        List<StatusRule<T>> left = now.rules().stream()
                .filter(rule -> !written.rules().contains(rule))
                .toList();
        return left.isEmpty() ? now : new Said<>(now.resource(), now.type(), now.owner(), left, at, now.done());
    }

    @SuppressWarnings("unchecked") // the same class
    private static <T> Optional<Said<T>> typed(@Nullable Pending pending, Class<T> type) {
        return pending instanceof Said<?> said && said.type().equals(type)
                ? Optional.of((Said<T>) said)
                : Optional.empty();
    }
}
