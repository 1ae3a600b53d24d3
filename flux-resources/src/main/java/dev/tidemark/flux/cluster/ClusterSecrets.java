package dev.tidemark.flux.cluster;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Secrets by GET, and never by list: a role may name them. What somebody asked for is read again in the background, so that
 * nobody waits for the API server on the way to a commit and whoever waits for a change hears of it; what was missing or
 * refused is read when it is asked for.
 */
public final class ClusterSecrets implements SecretReader, Runnable {

    private static final System.Logger LOG = System.getLogger(ClusterSecrets.class.getName());

    /** Somebody may be mending it just now. */
    private static final Duration DOUBTED = Duration.ofSeconds(30);

    /** One that works: who is refused with an old one has the new one at the next try. */
    private static final Duration TRUSTED = Duration.ofMinutes(5);

    /** As old as one may be that is used without asking: it was to be read again long before. */
    private static final Duration OLDEST = TRUSTED.multipliedBy(2);

    /** What was not asked for in a day has its first reader wait. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Duration PACE = Duration.ofSeconds(5);

    private final ClusterApi api;
    private final Clock clock;
    private final Map<ResourceId, Known> known = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<ResourceId>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();

    /**
     * @param doubted whether it was missing, or somebody was refused with it
     * @param read when
     * @param asked when somebody wanted it last
     */
    private record Known(Optional<SecretContent> content, boolean doubted, Instant read, Instant asked) {

        boolean isDue(Instant now) {
            return !read.plus(doubted || content.isEmpty() ? DOUBTED : TRUSTED).isAfter(now);
        }
    }

    ClusterSecrets(ClusterApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** While the API server is away, one that was read before is still what it was. */
    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        ResourceId id = new ResourceId(Kinds.SECRET.name(), namespace, name);
        Instant now = clock.instant();
        Known before = known.get(id);
        if (before != null
                && !before.doubted()
                && before.content().isPresent()
                && before.read().plus(OLDEST).isAfter(now)) {
            known.computeIfPresent(id, (_, one) -> new Known(one.content(), one.doubted(), one.read(), now));
            return before.content();
        }
        try {
            Optional<SecretContent> content = read(id);
            known.put(id, new Known(content, false, now, now));
            return content;
        } catch (UncheckedIOException away) {
            if (before == null || before.content().isEmpty()) {
                throw away;
            }
            return before.content();
        }
    }

    private Optional<SecretContent> read(ResourceId id) {
        Answer answer = api.get("/api/v1/namespaces/" + id.namespace() + "/secrets/" + id.name());
        if (answer.code() == Answer.NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            String remedy = answer.code() == Answer.FORBIDDEN ? ": grant get to the service's account" : "";
            throw ClusterApi.failure(
                    ResourceReader.title(id) + " cannot be read" + remedy + " (" + answer.message() + ')', null);
        }
        return switch (ResourceReader.read(answer.body())) {
            case ResourceReader.Outcome.Read read ->
                read.resource().as(Kinds.SECRET).map(Resource::spec);
            case ResourceReader.Outcome.Invalid invalid -> {
                LOG.log(Level.WARNING, invalid.message());
                yield Optional.empty();
            }
            case ResourceReader.Outcome.UnknownKind _ -> Optional.empty();
        };
    }

    @Override
    public void refused(String namespace, String name) {
        known.computeIfPresent(
                new ResourceId(Kinds.SECRET.name(), namespace, name),
                (_, before) -> new Known(before.content(), true, before.read(), before.asked()));
    }

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Reads again what is due, until it is interrupted. */
    @Override
    public void run() {
        lock.lock();
        try {
            while (true) {
                var unused = closing.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
                look();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Reads again what is due. */
    void look() {
        Instant now = clock.instant();
        known.values().removeIf(one -> one.asked().plus(FORGOTTEN).isBefore(now));
        known.forEach((id, before) -> {
            if (before.isDue(now)) {
                try {
                    compare(id, before, now);
                } catch (UncheckedIOException away) {
                    LOG.log(Level.DEBUG, "a Secret could not be read again: " + away.getMessage());
                } catch (RuntimeException fault) {
                    LOG.log(Level.ERROR, "a Secret could not be compared", fault);
                }
            }
        });
    }

    private void compare(ResourceId id, Known before, Instant now) {
        Optional<SecretContent> content = read(id);
        boolean same = content.equals(before.content());
        // what somebody was refused with stays doubtful until it is another one
        Known after = new Known(content, same && before.doubted(), now, before.asked());
        if (known.replace(id, before, after) && !same) {
            listeners.forEach(listener -> listener.accept(id));
        }
    }
}
