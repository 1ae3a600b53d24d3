package dev.tidemark.evaluator.management;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** This service's part of the management listener; whom it answers is decided before, for all services alike. */
@Singleton
public class ManagementRoutes {

    private static final System.Logger LOG = System.getLogger(ManagementRoutes.class.getName());

    private static final String BASE = "/policy-evaluator";

    /** Explanations and replays read whole partitions of the log into state: one for each of two people. */
    static final int READINGS_AT_ONCE = 2;

    /** Who and why. */
    private static final long MAX_BODY = 16 * 1024;

    private final Answers answers;
    private final Scheduler scheduler;
    private final Semaphore readings = new Semaphore(READINGS_AT_ONCE);

    ManagementRoutes(Answers answers, Scheduler scheduler) {
        this.answers = answers;
        this.scheduler = scheduler;
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.get(BASE + "/explain/:namespace/:name")
                .handler(context -> work(context, () -> oneOfFew(() -> explain(context))));
        router.get(BASE + "/replay")
                .handler(context -> work(
                        context, () -> oneOfFew(() -> answers.replay(parameter(context.request(), "since", "1h")))));
        router.get(BASE + "/control").handler(context -> work(context, () -> oneOfFew(answers::control)));
        router.post(BASE + "/control")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(context -> work(context, () -> answers.control(body(context))));
    }

    private Answers.Answer explain(RoutingContext context) {
        HttpServerRequest request = context.request();
        return answers.explain(
                String.valueOf(context.pathParam("namespace")),
                String.valueOf(context.pathParam("name")),
                parameter(request, "kind", "ImagePolicy"),
                request.getParam("cluster"),
                request.getParam("tag"));
    }

    private Answers.Answer oneOfFew(Supplier<Answers.Answer> reading) {
        if (!readings.tryAcquire()) {
            return Answers.problem(503, READINGS_AT_ONCE + " others read the log at this moment: try again");
        }
        try {
            return reading.get();
        } finally {
            readings.release();
        }
    }

    private static String parameter(HttpServerRequest request, String name, String otherwise) {
        String value = request.getParam(name);
        return value == null ? otherwise : value;
    }

    private static String body(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? "" : body.toString(StandardCharsets.UTF_8);
    }

    /** Away from the thread that serves everybody. */
    private void work(RoutingContext context, Supplier<Answers.Answer> reading) {
        var unused = scheduler.start("management", () -> {
            Answers.Answer answer;
            try {
                answer = reading.get();
            } catch (TopicScan.TooMuchException tooMuch) {
                answer = Answers.problem(507, tooMuch.getMessage() + ": give the process more memory (-Xmx)");
            } catch (RuntimeException fault) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        LogKeys.line("question-not-answered", LogKeys.REASON, "a fault inside"),
                        fault);
                answer = Answers.problem(500, "the question could not be answered: the log says why");
            }
            HttpServerResponse response = context.response().setStatusCode(answer.status());
            if (answer.status() == 503) {
                response.putHeader("Retry-After", "1");
            }
            if (answer.json().isEmpty()) {
                response.end();
            } else {
                response.putHeader("Content-Type", "application/json").end(answer.json());
            }
        });
    }
}
