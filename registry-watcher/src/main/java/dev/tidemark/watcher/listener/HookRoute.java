package dev.tidemark.watcher.listener;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.RepeatedLines;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.metrics.Metric;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.runtime.trace.TraceContext;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.hook.HookRequest;
import dev.tidemark.watcher.hook.WebhookHandler;
import dev.tidemark.watcher.kafka.WatcherEvents;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks, {@code /hook/…}, and nothing else on this listener. A route and not a REST resource: any method is welcome,
 * the raw URI is the secret, and whom nobody knows leaves no byte here. Says 200 only when the broker has what came.
 */
@Singleton
public class HookRoute {

    private static final System.Logger LOG = System.getLogger(HookRoute.class.getName());

    /** When to come back while the broker is away: it restarts in seconds, and senders give up after a few tries. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final WebhookHandler handler;
    private final WatcherEvents events;
    private final ThreadScheduler scheduler;
    private final Supplier<String> ids;
    private final Requests requests;
    private final Vertx vertx;
    private final WebhookLimits limits;
    private final Meters meters;
    private final BodyBudget budget;
    private final Semaphore atOnce;
    private final RepeatedLines refusals;

    HookRoute(
            WebhookHandler handler,
            WatcherEvents events,
            ThreadScheduler scheduler,
            RequestIds ids,
            Requests requests,
            Vertx vertx,
            WebhookLimits limits,
            Meters meters) {
        this.handler = handler;
        this.events = events;
        this.scheduler = scheduler;
        this.ids = ids;
        this.requests = requests;
        this.vertx = vertx;
        this.limits = limits;
        this.meters = meters;
        this.budget = new BodyBudget(limits.bodyBytes());
        this.atOnce = new Semaphore(limits.requestsAtOnce());
        this.refusals = new RepeatedLines(line -> LOG.log(Level.WARNING, line), scheduler.clock());
    }

    /** Names deliveries: two equal notifications are two facts. */
    @FunctionalInterface
    public interface RequestIds extends Supplier<String> {}

    /** Asks resources that have no image to scan for a run. */
    @FunctionalInterface
    public interface Requests {
        /** Returns when the requests are stored; fails with {@link UncheckedIOException}. */
        void request(Set<ResourceId> resources);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(context -> meet(context.request()));
    }

    /** Before the first byte of the body: whoever is turned away for the path or the length costs nothing. */
    private void meet(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.bodyEndHandler(answered -> meters.count(Metric.WEBHOOKS, Integer.toString(response.getStatusCode())));
        Refusal refusal = new Refusal(vertx, request);
        WebhookHandler.Answer atOnceAnswer = handler.refusal(request.uri()).orElse(null);
        if (atOnceAnswer != null) {
            tell(atOnceAnswer);
            refusal.say(status(atOnceAnswer));
        } else if (announced(request) > WebhookHandler.MAX_BODY) {
            refusal.say(413);
        } else {
            collect(request, refusal);
        }
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException tooMuchForALong) {
            return Long.MAX_VALUE;
        }
    }

    private void collect(HttpServerRequest request, Refusal refusal) {
        IncomingBody body = new IncomingBody(budget);
        long timer = vertx.setTimer(limits.bodyTime().toMillis(), late -> {
            body.close();
            refusal.say(408);
        });
        request.exceptionHandler(gone -> {
            vertx.cancelTimer(timer);
            body.close();
        });
        request.handler(chunk -> {
            IncomingBody.Outcome outcome = body.add(chunk.getBytes());
            if (outcome != IncomingBody.Outcome.KEPT) {
                vertx.cancelTimer(timer);
                body.close();
                refuse(refusal, outcome);
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (atOnce.tryAcquire()) {
                var unused = scheduler.start("hook", () -> work(request, body));
            } else {
                body.close();
                busy(request.response(), limits.requestsAtOnce() + " webhooks are worked at once");
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void refuse(Refusal refusal, IncomingBody.Outcome outcome) {
        switch (outcome) {
            case TOO_LARGE -> refusal.say(413);
            case NO_ROOM -> {
                sentBack("the bodies of all webhooks together have reached " + limits.bodyBytes() + " bytes");
                refusal.say(503, RETRY_AFTER_SECONDS);
            }
            case KEPT -> throw new IllegalStateException("what is kept is not refused");
        }
    }

    private void work(HttpServerRequest request, IncomingBody body) {
        HttpServerResponse response = request.response();
        try (body) {
            WebhookHandler.Answer answer =
                    handler.receive(new HookRequest(request.uri(), request::getHeader, body.whole()));
            // The log may take its time, the body is not needed for that.
            body.close();
            if (answer
                    instanceof
                    WebhookHandler.Answer.Accepted(List<RegistryNotified> notifications, Set<ResourceId> resources)) {
                String trace = TraceContext.valid(request.getHeader("traceparent"));
                events.append(notifications.stream()
                        .<Publication>map(
                                one -> new Publication.Fact(envelope(one).within(trace)))
                        .toList());
                requests.request(resources);
            } else {
                tell(answer);
            }
            end(response, status(answer));
        } catch (LogUnavailableException | IdTokens.KeysUnavailableException | UncheckedIOException away) {
            busy(response, String.valueOf(away.getMessage()));
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.log(Level.ERROR, LogKeys.line("webhook-failed"), fault);
            end(response, 500);
        } finally {
            atOnce.release();
        }
    }

    /** Whoever finds the address can send as much as he likes: the same is said once, and then counted. */
    private void tell(WebhookHandler.Answer answer) {
        switch (answer) {
            case WebhookHandler.Answer.Accepted accepted -> {}
            case WebhookHandler.Answer.Unknown unknown -> refused(null, "no Receiver has this path");
            case WebhookHandler.Answer.Closed(ResourceId receiver, String why) -> refused(receiver, why);
            case WebhookHandler.Answer.Refused(ResourceId receiver, String why) -> refused(receiver, why);
            case WebhookHandler.Answer.Unusable(ResourceId receiver, String why) -> refused(receiver, why);
        }
    }

    private void refused(@Nullable ResourceId receiver, String why) {
        refusals.say(LogKeys.line("webhook-refused", LogKeys.RESOURCE, receiver, LogKeys.REASON, why));
    }

    private static int status(WebhookHandler.Answer answer) {
        return switch (answer) {
            case WebhookHandler.Answer.Accepted accepted -> 200;
            case WebhookHandler.Answer.Unknown unknown -> 404;
            case WebhookHandler.Answer.Closed closed -> 503;
            case WebhookHandler.Answer.Refused refused -> 400;
            case WebhookHandler.Answer.Unusable unusable -> 500;
        };
    }

    private Envelope<RegistryNotified> envelope(RegistryNotified notification) {
        return Envelope.first(notification, FeedWorker.SOURCE, scheduler.now(), ids.get());
    }

    private void busy(HttpServerResponse response, String why) {
        sentBack(why);
        response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
        end(response, 503);
    }

    private void sentBack(String why) {
        refusals.say(LogKeys.line("webhook-sent-back", "status", 503, LogKeys.REASON, why));
    }

    private static void end(HttpServerResponse response, int status) {
        if (!response.ended() && !response.closed()) {
            var unused = response.setStatusCode(status).end();
        }
    }
}
