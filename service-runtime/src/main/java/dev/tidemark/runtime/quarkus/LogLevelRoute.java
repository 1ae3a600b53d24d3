package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.LogKeys;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /log-levels} of the management listener: {@code GET} says what was changed, {@code PUT} of a package with a level as
 * its body changes it, {@code DELETE} takes that back.
 */
@Singleton
public class LogLevelRoute {

    private static final System.Logger LOG = System.getLogger(LogLevelRoute.class.getName());

    private static final String PATH = "/log-levels";

    /** A level's name. */
    private static final long MAX_BODY = 64;

    /** As packages and classes are named, which is what loggers are named after. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.-]{0,199}");

    private final LogLevels levels = new LogLevels();

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.get(PATH).handler(context -> send(context, 200));
        router.put(PATH + "/:name")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(context -> put(context, String.valueOf(context.pathParam("name"))));
        router.delete(PATH + "/:name").handler(context -> {
            levels.reset(String.valueOf(context.pathParam("name")));
            send(context, 200);
        });
    }

    private void put(RoutingContext context, String name) {
        String body = context.body().asString();
        Optional<LogLevels.Named> level = LogLevels.Named.of(body == null ? "" : body);
        if (level.isEmpty()) {
            refuse(context, 400, "a level is one of ERROR, WARN, INFO, DEBUG");
        } else if (!NAME.matcher(name).matches()) {
            refuse(context, 400, "a log is named after a package or a class, such as dev.tidemark.committer");
        } else if (!levels.set(name, level.get())) {
            refuse(context, 409, LogLevels.MOST + " packages have a level of their own: reset one first");
        } else {
            LOG.log(Level.INFO, LogKeys.line("log-level-changed", LogKeys.TYPE, name, LogKeys.REASON, level.get()));
            send(context, 200);
        }
    }

    private void send(RoutingContext context, int status) {
        JsonObject all = new JsonObject();
        levels.all().forEach((name, level) -> all.put(name, level.name()));
        end(context, status, all);
    }

    private static void refuse(RoutingContext context, int status, String why) {
        end(context, status, new JsonObject().put("error", why));
    }

    private static void end(RoutingContext context, int status, JsonObject answer) {
        var unused = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(answer.encode());
    }
}
