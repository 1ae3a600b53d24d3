package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.progress.Progress;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /progress} of the management listener: what takes its time at this moment, and how far it is. */
@Singleton
public class ProgressRoute {

    private static final String PATH = "/progress";

    private final Progress progress;

    ProgressRoute(Progress progress) {
        this.progress = progress;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get(PATH).handler(context -> {
            var unused = context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("underWay", new JsonArray(progress.underWay()))
                            .encode());
        });
    }
}
