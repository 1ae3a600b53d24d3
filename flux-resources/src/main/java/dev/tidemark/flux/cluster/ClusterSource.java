package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.source.ResourceSource;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Resources from an API server: one list and one watch for each kind that some cache names, whoever names it. What cannot
 * be read is not gone; the kinds that can be go on without it.
 */
public final class ClusterSource implements ResourceSource, AutoCloseable {

    /** What somebody asked for while it could not be read; more is asked for again by itself. */
    private static final int MAX_DOUBTFUL = 10_000;

    private final ClusterApi api;
    private final ClusterSettings settings;
    private final Clock clock;
    private final Executor loop;
    private final Duration unreadableRetry;
    private final Map<String, KindFollower> followers = new ConcurrentHashMap<>();
    private final Map<String, Served> others = new ConcurrentHashMap<>();
    private final Set<ResourceId> doubtful = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<ResourceCache> incomplete = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<ResourceId>> refusalListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** @param loop runs a follower for each kind until this is closed */
    ClusterSource(ClusterApi api, ClusterSettings settings, Clock clock, Executor loop) {
        this(api, settings, clock, loop, KindFollower.UNREADABLE_RETRY);
    }

    ClusterSource(ClusterApi api, ClusterSettings settings, Clock clock, Executor loop, Duration unreadableRetry) {
        this.api = api;
        this.settings = settings;
        this.clock = clock;
        this.loop = loop;
        this.unreadableRetry = unreadableRetry;
    }

    /**
     * {@inheritDoc} Complete is a cache when each of its kinds was listed or is known to be unreadable: of those nothing is
     * ever gone.
     */
    @Override
    public Registration feed(ResourceCache cache) {
        List<KindFollower> mine = new ArrayList<>();
        for (Kind<?> kind : cache.kinds()) {
            if (kind.equals(Kinds.SECRET)) {
                throw new IllegalArgumentException("Secrets are read one by one and never listed");
            }
            if (isFollowable(kind)) {
                mine.add(follower(kind));
            }
        }
        incomplete.add(cache);
        try {
            for (KindFollower follower : mine) {
                follower.awaitTried();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mine.forEach(follower -> follower.table().feed(cache));
        complete();
        return () -> {
            incomplete.remove(cache);
            mine.forEach(follower -> follower.table().leave(cache));
        };
    }

    /**
     * Where only one namespace is looked at, nobody reads what it is itself: no Role can allow it, and its labels give access
     * to other namespaces only.
     */
    private boolean isFollowable(Kind<?> kind) {
        return settings.namespace().isEmpty() || !kind.equals(Kinds.NAMESPACE);
    }

    private KindFollower follower(Kind<?> kind) {
        lock.lock();
        try {
            KindFollower known = followers.get(kind.name());
            if (known != null) {
                return known;
            }
            LiveTable table = new LiveTable(new OtherWriters(settings.takeOver(), clock), this::tellRefusal);
            KindFollower follower =
                    new KindFollower(kind, api, settings, table, state -> changed(kind, state), unreadableRetry);
            followers.put(kind.name(), follower);
            loop.execute(follower);
            return follower;
        } finally {
            lock.unlock();
        }
    }

    private void tellRefusal(ResourceId id) {
        refusalListeners.forEach(listener -> listener.accept(id));
    }

    private void changed(Kind<?> kind, KindState state) {
        complete();
        if (state instanceof KindState.Following) {
            List<ResourceId> asked = doubtful.stream()
                    .filter(id -> id.kind().equals(kind.name()))
                    .toList();
            doubtful.removeAll(asked);
            LiveTable table = follower(kind).table();
            asked.stream().filter(this::isAbsent).forEach(table::tellGone);
        }
    }

    private void complete() {
        for (ResourceCache cache : incomplete) {
            boolean settled = cache.kinds().stream()
                    .filter(this::isFollowable)
                    .map(kind -> followers.get(kind.name()))
                    .allMatch(follower -> follower != null && follower.state().isSettled());
            if (settled && incomplete.remove(cache)) {
                cache.completed(this::isAbsent);
            }
        }
    }

    /**
     * Whether it is known not to be there. The API server is asked, since a watch may be behind of what is told by another
     * way; where it does not answer, nothing is known.
     */
    private boolean isAbsent(ResourceId id) {
        KindFollower follower = followers.get(id.kind());
        if (follower == null) {
            return false;
        }
        Optional<Live> live = follower.table().find(id);
        if (live.isPresent()) {
            return live.get().deleting();
        }
        Optional<Served> served = follower.served();
        if (follower.state() instanceof KindState.Following && served.isPresent() && isWatched(id)) {
            try {
                Answer answer = api.get(served.get().one(id, settings));
                if (answer.isSuccess()) {
                    return answer.body().path("items").isEmpty();
                }
            } catch (UncheckedIOException away) {
                // not known
            }
        }
        if (doubtful.size() < MAX_DOUBTFUL) {
            doubtful.add(id);
        }
        return false;
    }

    private boolean isWatched(ResourceId id) {
        return settings.namespace().isEmpty()
                || id.namespace().isEmpty()
                || settings.namespace().equals(id.namespace());
    }

    /** What cannot be read, and what is refused. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        followers.forEach((kind, follower) -> {
            switch (follower.state()) {
                case KindState.Unreadable _, KindState.Away _ ->
                    problems.add(
                            new Problem(Severity.ERROR, kind, follower.state().words()));
                case KindState.Starting _, KindState.Following _, KindState.NotThere _ -> {}
            }
            follower.table().all().stream()
                    .filter(live -> live.refusal() != null)
                    .forEach(live ->
                            problems.add(new Problem(Severity.ERROR, kind, String.valueOf(live.refusal()), live.id())));
        });
        return problems;
    }

    /** Whether every kind that is asked for was read, or is known to be unreadable. */
    public boolean isSettled() {
        return followers.values().stream().allMatch(follower -> follower.state().isSettled());
    }

    /** An object as it was last seen; empty for one that was not, and for a kind that nobody follows. */
    Optional<Live> live(ResourceId id) {
        KindFollower follower = followers.get(id.kind());
        return follower == null ? Optional.empty() : follower.table().find(id);
    }

    /** The objects of a kind as they were last seen. */
    List<Live> live(Kind<?> kind) {
        KindFollower follower = followers.get(kind.name());
        return follower == null ? List.of() : follower.table().all();
    }

    /** Whether what was not seen of a kind is not there, as far as its watch has come. */
    boolean isFollowed(ResourceId id) {
        KindFollower follower = followers.get(id.kind());
        return follower != null && follower.state() instanceof KindState.Following && isWatched(id);
    }

    /**
     * Where the objects of a kind are.
     *
     * @throws UncheckedIOException where the API server does not serve it, or does not say
     */
    Served served(ResourceId id) {
        KindFollower follower = followers.get(id.kind());
        return follower == null
                ? others.computeIfAbsent(id.kind(), _ -> found(id))
                : follower.served().orElseGet(() -> found(id));
    }

    private Served found(ResourceId id) {
        try {
            return Kinds.all().stream()
                    .filter(kind -> kind.name().equals(id.kind()))
                    .findFirst()
                    .flatMap(kind -> Served.find(kind, api))
                    .orElseThrow(() -> ClusterApi.failure(
                            "the API server does not serve " + id.kind() + ": apply deploy/crds", null));
        } catch (UnreadableException refused) {
            throw ClusterApi.failure(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** The API server answered with an object: what is known of it is of that time at least. */
    void answered(ResourceId id, JsonNode object) {
        KindFollower follower = followers.get(id.kind());
        if (follower != null) {
            follower.served().ifPresent(served -> follower.table().answered(served, object));
        }
    }

    /** Tells of an object that is refused, for another reason than before, or not any more. The listener ends at once. */
    Registration onRefusal(Consumer<ResourceId> listener) {
        refusalListeners.add(listener);
        return () -> refusalListeners.remove(listener);
    }

    @Override
    public void close() {
        followers.values().forEach(KindFollower::close);
    }
}
