package dev.tidemark.runtime.quarkus;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * {@code /logs} of the management listener: the end of this process's log, each line with its time before it, as the API server
 * of a cluster gives a pod's. {@code tail} is a number of entries, {@code since} a time, and with {@code follow=true} the answer
 * goes on.
 */
@Singleton
public class LogsRoute {

    private final RecentLines recent = new RecentLines();
    private final Handler handler;

    LogsRoute(@ConfigProperty(name = "quarkus.log.console.format") String format) {
        this.handler = new Recorder(recent);
        handler.setFormatter(new PatternFormatter(format));
        handler.setFilter(new PrintableLog());
    }

    void register(@Observes ManagementInterface management) {
        Logger.getLogger("").addHandler(handler);
        management.router().get("/logs").handler(this::answer);
    }

    @PreDestroy
    void end() {
        Logger.getLogger("").removeHandler(handler);
    }

    private void answer(RoutingContext context) {
        Instant since;
        int tail;
        try {
            since = Instant.parse(parameter(context, "since", Instant.MIN.toString()));
            tail = Integer.parseInt(parameter(context, "tail", "-1"));
        } catch (DateTimeException | NumberFormatException e) {
            refuse(context, "since is a time such as 2026-01-02T03:04:05Z, tail a number of entries; -1 for all");
            return;
        }
        List<RecentLines.Entry> all = recent.after(0);
        List<RecentLines.Entry> wanted =
                all.stream().filter(entry -> entry.at().isAfter(since)).toList();
        List<RecentLines.Entry> shown =
                tail < 0 ? wanted : wanted.subList(Math.max(0, wanted.size() - tail), wanted.size());
        context.response().putHeader("Content-Type", "text/plain; charset=utf-8");
        if (parameter(context, "follow", "").equals("true")) {
            context.response().setChunked(true);
            LogFollower.start(
                    context, recent, shown, all.isEmpty() ? 0 : all.getLast().number());
        } else {
            StringBuilder text = new StringBuilder();
            shown.forEach(entry -> text.append(LogFollower.text(entry)));
            var unused = context.response().end(text.toString());
        }
    }

    private static String parameter(RoutingContext context, String name, String otherwise) {
        @Nullable String value = context.request().getParam(name);
        return value == null ? otherwise : value;
    }

    private static void refuse(RoutingContext context, String why) {
        var unused = context.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("error", why).encode());
    }

    /** Keeps what the console would show. */
    private static final class Recorder extends Handler {

        private final RecentLines recent;

        Recorder(RecentLines recent) {
            this.recent = recent;
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                recent.add(entry.getInstant(), getFormatter().format(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
