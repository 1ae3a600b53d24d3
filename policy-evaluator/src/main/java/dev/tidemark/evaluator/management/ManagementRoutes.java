package dev.tidemark.evaluator.management;

import dev.tidemark.evaluator.kafka.RangeExport;
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
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** This service's part of the management listener; whom it answers is decided before, for all services alike. */
@Singleton
public class ManagementRoutes {

    private static final System.Logger LOG = System.getLogger(ManagementRoutes.class.getName());

    private static final String BASE = "/policy-evaluator";

    /** Explanations read whole partitions of the log into state, exports all of it: one for each of two people. */
    static final int READINGS_AT_ONCE = 2;

    /** Who and why. */
    private static final long MAX_BODY = 16 * 1024;

    private final Answers answers;
    private final DeadLetterAnswers deadLetters;
    private final ExportRoute exports;
    private final Duration longestExport;
    private final Scheduler scheduler;
    private final Semaphore readings = new Semaphore(READINGS_AT_ONCE);

    ManagementRoutes(Answers answers, DeadLetterAnswers deadLetters, RangeExport exports, Scheduler scheduler) {
        this.answers = answers;
        this.deadLetters = deadLetters;
        this.exports = new ExportRoute(exports, scheduler);
        this.longestExport = exports.longest();
        this.scheduler = scheduler;
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.get(BASE + "/explain/:namespace/:name")
                .handler(context -> work(context, () -> oneOfFew(context, () -> send(context, explain(context)))));
        router.get(BASE + "/commits/:id")
                .handler(context -> work(
                        context,
                        () -> oneOfFew(
                                context,
                                () -> send(context, answers.commit(String.valueOf(context.pathParam("id")))))));
        router.get(BASE + "/export").handler(context -> work(context, () -> export(context)));
        router.get(BASE + "/control")
                .handler(context -> work(context, () -> oneOfFew(context, () -> send(context, answers.control()))));
        router.get(BASE + "/dead-letters")
                .handler(context -> work(context, () -> oneOfFew(context, () -> send(context, deadLetters.read()))));
        router.delete(BASE + "/dead-letters")
                .handler(context -> work(
                        context,
                        () -> oneOfFew(
                                context,
                                () -> send(
                                        context,
                                        deadLetters.clear(context.request().getParam("topic"))))));
        router.post(BASE + "/control")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(context -> work(context, () -> send(context, answers.control(body(context)))));
    }

    private void export(RoutingContext context) {
        switch (ExportRoute.asked(parameter(context.request(), "since", "24h"), longestExport)) {
            case ExportRoute.Asked.Refused(String why) -> send(context, Answers.problem(400, why));
            case ExportRoute.Asked.Of(Duration ago) -> oneOfFew(context, () -> exports.answer(ago, context.response()));
        }
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

    private void oneOfFew(RoutingContext context, Runnable reading) {
        if (!readings.tryAcquire()) {
            send(context, Answers.problem(503, READINGS_AT_ONCE + " others read the log at this moment: try again"));
            return;
        }
        try {
            reading.run();
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
    private void work(RoutingContext context, Runnable question) {
        var unused = scheduler.start("management", () -> {
            try {
                question.run();
            } catch (TopicScan.TooMuchException tooMuch) {
                send(context, Answers.problem(507, tooMuch.getMessage() + ": give the process more memory (-Xmx)"));
            } catch (RuntimeException fault) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        LogKeys.line("question-not-answered", LogKeys.REASON, "a fault inside"),
                        fault);
                send(context, Answers.problem(500, "the question could not be answered: the log says why"));
            }
        });
    }

    private static void send(RoutingContext context, Answers.Answer answer) {
        HttpServerResponse response = context.response().setStatusCode(answer.status());
        if (answer.status() == 503) {
            response.putHeader("Retry-After", "1");
        }
        if (answer.json().isEmpty()) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(answer.json());
        }
    }
}
