package dev.tidemark.watcher.http;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.watcher.domain.EventLog;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.hook.Door;
import dev.tidemark.watcher.hook.HookRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The door, {@code /hook/…}. A route and not a REST resource: any method is welcome, the raw URI is the secret, and the
 * body is counted while it comes. Says 200 only when the broker has what came.
 */
@Singleton
public class HookRoute {

    private static final System.Logger LOG = System.getLogger(HookRoute.class.getName());
    private static final String PATHS = "/hook/*";

    /** When to come back while the broker is away: it restarts in seconds, and senders give up after a few tries. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Door door;
    private final EventLog log;
    private final Clock clock;
    private final Supplier<String> ids;

    HookRoute(Door door, EventLog log, Clock clock, RequestIds ids) {
        this.door = door;
        this.log = log;
        this.clock = clock;
        this.ids = ids;
    }

    /** Names deliveries: two equal notifications are two facts. */
    @FunctionalInterface
    public interface RequestIds extends Supplier<String> {}

    void register(@Observes Router router) {
        router.route(PATHS).order(-1).handler(context -> collect(context.request()));
    }

    private void collect(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= Door.MAX_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (body.length() > Door.MAX_BODY) {
                end(request.response(), 413);
            } else {
                var unused = Thread.ofVirtual().name("hook").start(() -> answer(request, body.getBytes()));
            }
        });
        request.resume();
    }

    private void answer(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        try {
            switch (door.receive(new HookRequest(request.uri(), request::getHeader, body))) {
                case Door.Answer.Accepted(List<RegistryNotified> notifications) -> {
                    log.append(notifications.stream()
                            .<Envelope<?>>map(this::envelope)
                            .toList());
                    end(response, 200);
                }
                case Door.Answer.Unknown unknown -> end(response, 404);
                case Door.Answer.Closed closed -> end(response, 503);
                case Door.Answer.Refused refused -> end(response, 400);
                case Door.Answer.Unusable(String why) -> {
                    LOG.log(Level.WARNING, why);
                    end(response, 500);
                }
            }
        } catch (EventLog.UnavailableException | IdTokens.KeysUnavailableException away) {
            LOG.log(Level.WARNING, "a webhook was sent back with 503: " + away.getMessage());
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
            end(response, 503);
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "a webhook was not understood", fault);
            end(response, 500);
        }
    }

    private Envelope<RegistryNotified> envelope(RegistryNotified notification) {
        return Envelope.first(notification, FeedWorker.SOURCE, clock.instant(), ids.get());
    }

    private static void end(HttpServerResponse response, int status) {
        if (!response.ended() && !response.closed()) {
            var unused = response.setStatusCode(status).end();
        }
    }
}
