package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.delivery.AlertDelivery;
import dev.tidemark.flux.delivery.FailingAlert;
import dev.tidemark.flux.delivery.ServedAlert;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /notifications} of the management listener: which Alerts are served and which are not, as far as this process
 * has told events for them. Their kind has no status, so each process knows its own.
 */
@Singleton
public class NotificationsRoute {

    private static final String PATH = "/notifications";

    private final Optional<AlertDelivery> delivery;

    NotificationsRoute(Optional<AlertDelivery> delivery) {
        this.delivery = delivery;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get(PATH).handler(context -> {
            var unused = context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(answer().encode());
        });
    }

    private JsonObject answer() {
        return answer(
                delivery.map(AlertDelivery::failing).orElse(List.of()),
                delivery.map(AlertDelivery::served).orElse(List.of()));
    }

    static JsonObject answer(List<FailingAlert> failing, List<ServedAlert> served) {
        JsonArray notServed = new JsonArray();
        failing.forEach(one -> notServed.add(named(one.alert())
                .put("since", one.since().toString())
                .put("reason", one.reason())
                .put("message", one.message())
                .put("times", one.times())));
        JsonArray told = new JsonArray();
        served.forEach(one -> told.add(named(one.alert()).put("at", one.last().toString())));
        return new JsonObject().put("failing", notServed).put("served", told);
    }

    private static JsonObject named(ResourceId alert) {
        return new JsonObject().put("namespace", alert.namespace()).put("name", alert.name());
    }
}
