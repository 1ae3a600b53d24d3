package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TableHealth;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while every table of this process follows its topic: one that does not shows old records. What the log has of a
 * newer Tidemark is no fault, and shown.
 */
@Readiness
@Singleton
public class TablesReadiness implements HealthCheck {

    private final Supplier<Map<String, TableHealth>> tables;
    private final Supplier<Map<String, Long>> newer;

    @Inject
    TablesReadiness(LogClients clients) {
        this(clients::tables, clients.events()::newer);
    }

    /** @param newer records that only a newer Tidemark knows, by kind: how many */
    TablesReadiness(Supplier<Map<String, TableHealth>> tables, Supplier<Map<String, Long>> newer) {
        this.tables = tables;
        this.newer = newer;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("log tables").up();
        tables.get().forEach((name, health) -> {
            switch (health) {
                case TableHealth.Following now -> answer.withData(name, "following");
                case TableHealth.Failing(String cause, var since) ->
                    answer.down().withData(name, "failing since " + since + ": " + cause);
            }
        });
        newer.get().forEach((kind, count) -> answer.withData("of a newer Tidemark: " + kind, count));
        return answer.build();
    }
}
