package dev.tidemark.runtime.quarkus;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Somebody who follows the log: hears of each entry, and is sent those that are still kept whenever the connection takes more. One
 * who is slow costs no memory, and misses some.
 */
final class LogFollower {

    /** A third of the time after which the listener closes what is silent. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

    private final Context context;
    private final HttpServerResponse response;
    private final RecentLines recent;
    private final AtomicBoolean called = new AtomicBoolean();
    private long sent;

    private LogFollower(Context context, HttpServerResponse response, RecentLines recent, long sent) {
        this.context = context;
        this.response = response;
        this.recent = recent;
        this.sent = sent;
    }

    /**
     * Sends what there is, and goes on until the connection ends.
     *
     * @param there sent at first
     * @param behind the number of the last entry that is not sent later
     */
    static void start(RoutingContext asked, RecentLines recent, List<RecentLines.Entry> there, long behind) {
        Context context = Objects.requireNonNull(asked.vertx().getOrCreateContext());
        LogFollower follower = new LogFollower(context, asked.response(), recent, behind);
        Runnable call = follower::call;
        long timer = asked.vertx().setPeriodic(SIGN_OF_LIFE.toMillis(), _ -> follower.write("\n"));
        asked.response().closeHandler(_ -> {
            recent.forget(call);
            asked.vertx().cancelTimer(timer);
        });
        asked.response().drainHandler(_ -> follower.send());
        // an empty line, so that who asks is answered also where there is nothing yet
        follower.write(
                there.isEmpty() ? "\n" : there.stream().map(LogFollower::text).collect(Collectors.joining()));
        recent.listen(call);
        follower.send();
    }

    /** On a thread that logs: many entries are one call. */
    private void call() {
        if (called.compareAndSet(false, true)) {
            context.runOnContext(_ -> send());
        }
    }

    private void send() {
        called.set(false);
        if (response.ended() || response.closed() || response.writeQueueFull()) {
            return;
        }
        List<RecentLines.Entry> next = recent.after(sent);
        if (!next.isEmpty()) {
            sent = next.getLast().number();
            write(next.stream().map(LogFollower::text).collect(Collectors.joining()));
        }
    }

    private void write(String text) {
        if (!response.ended() && !response.closed()) {
            var unused = response.write(text);
        }
    }

    /** Each line with the time of its entry. */
    static String text(RecentLines.Entry entry) {
        return entry.text().lines().map(line -> entry.at() + " " + line + '\n').collect(Collectors.joining());
    }
}
