package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.view.ObjectView;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A watch for each kind that somebody looks at: an event says that it is time to look again, and nothing is asked until one
 * comes. Where nobody may watch, or a watch breaks off, it is time every now and then.
 */
final class ClusterChanges implements ObjectView.Changes {

    /** As long as the server is asked to watch; then another watch goes on from there. */
    private static final Duration WATCH = Duration.ofMinutes(5);

    /** A server ends a watch when it said so. */
    private static final Duration SILENCE = WATCH.plusSeconds(30);

    /** Of a step of work several objects change, one after the other. */
    private static final Duration SETTLING = Duration.ofMillis(100);

    private final ClusterApi api;
    private final Duration pause;
    private final Semaphore news = new Semaphore(0);
    private final List<Thread> followers = new ArrayList<>();

    private ClusterChanges(ClusterApi api, Duration pause) {
        this.api = api;
        this.pause = pause;
    }

    /**
     * Begins to watch: what is listed from now on is no older than what this tells of.
     *
     * @param paths of collections
     * @param pause between two looks where nothing can be watched
     */
    static ClusterChanges of(ClusterApi api, List<String> paths, Duration pause) {
        ClusterChanges changes = new ClusterChanges(api, pause);
        for (String path : paths) {
            String now = changes.now(path);
            changes.followers.add(Thread.ofVirtual().name("changes").start(() -> changes.follow(path, now)));
        }
        return changes;
    }

    /** The resource version that a collection has; empty where that is not said. */
    private String now(String path) {
        return api.get(path + "?limit=1").resourceVersion();
    }

    @Override
    public void await() throws InterruptedException {
        news.acquire();
        Thread.sleep(SETTLING);
        var unused = news.drainPermits();
    }

    private void follow(String path, String from) {
        String at = from;
        try {
            while (true) {
                at = watched(path, at);
                if (at.isEmpty()) {
                    Thread.sleep(pause);
                    at = again(path);
                    // whatever it missed: told only now, since what changes from here on the next watch tells
                    news.release();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private String again(String path) {
        try {
            return now(path);
        } catch (UncheckedIOException away) {
            return "";
        }
    }

    /** @return where to go on; empty where that is not known, or nothing can be watched */
    private String watched(String path, String from) throws InterruptedException {
        if (from.isEmpty()) {
            return "";
        }
        String at = from;
        try (WatchStream stream = api.watch(path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
                + WATCH.toSeconds() + "&resourceVersion=" + from)) {
            if (stream.refusal(SILENCE).isPresent()) {
                return "";
            }
            for (Optional<JsonNode> event = stream.next(SILENCE); event.isPresent(); event = stream.next(SILENCE)) {
                String type = event.get().path("type").asText();
                if (type.equals("ERROR")) {
                    return "";
                }
                at = event.get()
                        .path("object")
                        .path("metadata")
                        .path("resourceVersion")
                        .asText(at);
                if (!type.equals("BOOKMARK")) {
                    news.release();
                }
            }
            return at;
        } catch (BrokenWatchException | UncheckedIOException broke) {
            return "";
        }
    }

    @Override
    public void close() {
        followers.forEach(Thread::interrupt);
    }
}
