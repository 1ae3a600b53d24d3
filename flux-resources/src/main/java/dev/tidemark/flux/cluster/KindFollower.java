package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of one kind page by page and watches them from there, for as long as it is not closed. A watch that
 * ends goes on where it ended; where the API server has forgotten that (410), everything is listed again.
 */
final class KindFollower implements Runnable, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KindFollower.class.getName());

    /** As kubectl and client-go ask: an answer of some megabytes at most. */
    private static final int PAGE = 500;

    /** The server ends a watch then, so that its connections spread again over its replicas; as client-go has it. */
    private static final Duration WATCH = Duration.ofMinutes(5);

    /** No watch is silent for longer than it lasts. */
    private static final Duration SILENCE = WATCH.multipliedBy(2).plusSeconds(30);

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** A role or a definition is made by a person: it shows soon, and asking costs little. */
    static final Duration UNREADABLE_RETRY = Duration.ofSeconds(30);

    /** Nobody waits for what need not be there. */
    private static final Duration OPTIONAL_RETRY = Duration.ofMinutes(5);

    private final Kind<?> kind;
    private final ClusterApi api;
    private final ClusterSettings settings;
    private final LiveTable table;
    private final Consumer<KindState> changed;
    private final Duration unreadableRetry;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile KindState state = new KindState.Starting();
    private volatile @Nullable Served served;
    private volatile @Nullable WatchStream watching;
    private int failures;
    private boolean fruitless;

    KindFollower(
            Kind<?> kind,
            ClusterApi api,
            ClusterSettings settings,
            LiveTable table,
            Consumer<KindState> changed,
            Duration unreadableRetry) {
        this.kind = kind;
        this.api = api;
        this.settings = settings;
        this.table = table;
        this.changed = changed;
        this.unreadableRetry = unreadableRetry;
    }

    KindState state() {
        return state;
    }

    LiveTable table() {
        return table;
    }

    /** The version in which the cluster serves it; empty as long as nobody knows. */
    Optional<Served> served() {
        return Optional.ofNullable(served);
    }

    /** Returns when it was tried for the first time. */
    void awaitTried() throws InterruptedException {
        tried.await();
    }

    @Override
    public void run() {
        String from = "";
        while (!isClosed()) {
            Duration pause = Duration.ZERO;
            try {
                if (from.isEmpty()) {
                    from = list();
                }
                from = watch(from);
                pause = fruitless ? backoff() : pause;
            } catch (UnreadableException refused) {
                pause = refused(refused);
                from = "";
            } catch (UncheckedIOException away) {
                if (isClosed()) {
                    break;
                }
                become(new KindState.Away(String.valueOf(away.getMessage())));
                pause = backoff();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                tried.countDown();
                return;
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "the objects of kind " + kind + " could not be followed", fault);
                become(new KindState.Away(String.valueOf(fault.getMessage())));
                pause = backoff();
                from = "";
            }
            tried.countDown();
            if (!pauses(pause)) {
                return;
            }
        }
        tried.countDown();
    }

    private boolean pauses(Duration pause) {
        try {
            return !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private Duration backoff() {
        long whole = Math.min(LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(failures++, 10));
        // many that lost one server do not come back at the same moment
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    /** A server that has just started refuses what it allows a moment later. */
    private Duration soonThenSeldom() {
        Duration soon = backoff();
        return soon.compareTo(unreadableRetry) < 0 ? soon : unreadableRetry;
    }

    private Duration refused(UnreadableException refused) {
        if (refused.code() == Answer.FORBIDDEN) {
            become(new KindState.Unreadable("may not be read: grant get, list and watch to the service's account ("
                    + refused.getMessage() + ")"));
            return soonThenSeldom();
        }
        if (refused.code() == Answer.NOT_FOUND && Kinds.isOptional(kind)) {
            served = null;
            become(new KindState.NotThere());
            return OPTIONAL_RETRY;
        }
        if (refused.code() == Answer.NOT_FOUND) {
            served = null;
            become(new KindState.Unreadable(
                    "is not served by the API server: apply deploy/crds; it is picked up then"));
            return soonThenSeldom();
        }
        if (refused.code() != Answer.GONE) {
            become(new KindState.Away(String.valueOf(refused.getMessage())));
        }
        return backoff();
    }

    private void become(KindState now) {
        KindState before = state;
        if (!before.equals(now)) {
            state = now;
            if (now instanceof KindState.Following) {
                if (!(before instanceof KindState.Starting || before instanceof KindState.NotThere)) {
                    LOG.log(Level.INFO, kind + " is read again");
                }
            } else if (!(now instanceof KindState.NotThere)
                    && !before.getClass().equals(now.getClass())) {
                LOG.log(Level.WARNING, kind + " " + now.words());
            }
            changed.accept(now);
        }
        if (now instanceof KindState.Following) {
            tried.countDown();
        }
    }

    private Served found() {
        Served known = served;
        if (known == null) {
            known = Served.find(kind, api).orElseThrow(() -> new UnreadableException(Answer.NOT_FOUND, "not served"));
            served = known;
        }
        return known;
    }

    /** The resource version of what was listed. */
    private String list() {
        Served in = found();
        Set<ResourceId> present = new HashSet<>();
        String path = in.collection(settings) + "&limit=" + PAGE;
        String more = "";
        while (true) {
            Answer page = api.get(more.isEmpty() ? path : path + "&continue=" + Served.encoded(more));
            if (!page.isSuccess()) {
                // also a page that comes too late (410): from the first one again
                throw new UnreadableException(page.code(), page.message());
            }
            for (JsonNode item : page.body().path("items")) {
                present.add(table.seen(in, item));
            }
            more = page.body().path("metadata").path("continue").asText("");
            if (more.isEmpty()) {
                table.only(present);
                return page.resourceVersion();
            }
        }
    }

    /** The resource version to go on from; empty where everything has to be listed. */
    private String watch(String from) throws InterruptedException {
        Served in = found();
        long seconds = WATCH.toSeconds() + ThreadLocalRandom.current().nextLong(WATCH.toSeconds());
        String path = in.collection(settings) + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                + "&resourceVersion=" + from;
        String at = from;
        try (WatchStream stream = api.watch(path)) {
            watching = stream;
            Optional<Answer> refusal = stream.refusal(SILENCE);
            if (refusal.isPresent()) {
                throw new UnreadableException(
                        refusal.get().code(), refusal.get().message());
            }
            become(new KindState.Following(in.version()));
            fruitless = true;
            boolean any = false;
            for (Optional<JsonNode> event = stream.next(SILENCE);
                    event.isPresent() && !isClosed();
                    event = stream.next(SILENCE)) {
                failures = 0;
                any = true;
                at = took(in, event.get(), at);
                if (at.isEmpty()) {
                    break;
                }
            }
            fruitless = !any;
        } catch (BrokenWatchException broke) {
            // a replica of the server ended, or a connection: it goes on with another one
            LOG.log(Level.DEBUG, "the watch of " + kind + " broke off: " + broke.getMessage());
        } finally {
            watching = null;
        }
        return at;
    }

    private String took(Served in, JsonNode event, String at) {
        JsonNode object = event.path("object");
        JsonNode metadata = object.path("metadata");
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> table.seen(in, object);
            case "DELETED" ->
                table.gone(Live.id(kind, metadata), metadata.path("uid").asText());
            case "BOOKMARK" -> {}
            default -> {
                // 410 Gone as a rule: whatever it is, a list puts it right
                LOG.log(
                        Level.DEBUG,
                        "the watch of " + kind + " ends: "
                                + object.path("message").asText());
                return "";
            }
        }
        return metadata.path("resourceVersion").asText(at);
    }

    @Override
    public void close() {
        closed.countDown();
        WatchStream open = watching;
        if (open != null) {
            open.close();
        }
    }
}
