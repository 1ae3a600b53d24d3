package dev.tidemark.benchmarks.bench.cluster;

import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.go.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The statuses of one kind as a watch tells of them, and when it did. */
public final class StatusWatch implements Flow.Subscriber<String>, AutoCloseable {

    private final Api api;
    private final ClusterKind kind;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile String end = "";

    /** @param nanos by {@link System#nanoTime} */
    private record Seen(boolean ready, String handled, long nanos) {}

    private StatusWatch(Api api, ClusterKind kind) {
        this.api = api;
        this.kind = kind;
    }

    /** Begins with what is there. */
    public static StatusWatch begin(Api api, ClusterKind kind) {
        StatusWatch watch = new StatusWatch(api, kind);
        api.watch(kind, watch);
        return watch;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onError(Throwable fault) {
        end = fault.toString();
    }

    /** As a server does some time after a definition was applied, or after an hour: it begins anew. */
    @Override
    public void onComplete() {
        api.watch(kind, this);
    }

    @Override
    public void onNext(String line) {
        long now = System.nanoTime();
        Object event = JsonReader.whole(
                line.getBytes(StandardCharsets.UTF_8), JsonReader.Numbers.PLAIN, JsonReader.Bound.NONE);
        Object object = member(event, "object");
        Object status = member(object, "status");
        Object metadata = member(object, "metadata");
        boolean ready = member(status, "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> "Ready".equals(member(one, "type")) && "True".equals(member(one, "status")));
        String handled = String.valueOf(member(status, "lastHandledReconcileAt"));
        seen.merge(
                member(metadata, "namespace") + "/" + member(metadata, "name"),
                new Seen(ready, handled, now),
                (before, after) -> before.ready() == ready && before.handled().equals(handled) ? before : after);
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** @return when the last of them was, by {@link System#nanoTime} */
    public long awaitReady(int count, Duration limit) throws IOException, InterruptedException {
        var unused = Limits.await(count + " of " + kind.kind() + " to be ready", limit, () -> {
            requireOpen();
            return seen.values().stream().filter(Seen::ready).count() >= count;
        });
        return seen.values().stream().mapToLong(Seen::nanos).max().orElseThrow();
    }

    /** @return when its status said that this request is handled, by {@link System#nanoTime} */
    public long awaitHandled(String name, String token, Duration limit) throws IOException, InterruptedException {
        var unused = Limits.await(name + " to answer", limit, () -> {
            requireOpen();
            return Optional.ofNullable(seen.get(name))
                    .filter(one -> one.handled().equals(token))
                    .isPresent();
        });
        return Optional.ofNullable(seen.get(name)).orElseThrow().nanos();
    }

    private void requireOpen() throws IOException {
        if (!end.isEmpty()) {
            throw new IOException("the watch of " + kind.kind() + " ended: " + end);
        }
    }

    @Override
    public void close() {
        Flow.Subscription begun = subscription;
        if (begun != null) {
            begun.cancel();
        }
    }
}
