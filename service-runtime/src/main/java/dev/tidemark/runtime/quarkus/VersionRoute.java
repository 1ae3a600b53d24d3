package dev.tidemark.runtime.quarkus;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code GET /version} of the management listener: which service this is, and of which version. */
@Singleton
public class VersionRoute {

    private static final String PATH = "/version";

    private final JsonObject answer;

    VersionRoute(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.answer = new JsonObject().put("service", service).put("version", version);
    }

    void register(@Observes ManagementInterface management) {
        management.router().get(PATH).handler(context -> {
            var unused = context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(answer.encode());
        });
    }
}
