package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TableHealth;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while every table of this process follows its topic: one that does not shows old records. */
@Readiness
@Singleton
public class TablesReadiness implements HealthCheck {

    private final LogClients clients;

    TablesReadiness(LogClients clients) {
        this.clients = clients;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("log tables").up();
        clients.tables().forEach((name, health) -> {
            switch (health) {
                case TableHealth.Following now -> answer.withData(name, "following");
                case TableHealth.Failing(String cause, var since) ->
                    answer.down().withData(name, "failing since " + since + ": " + cause);
            }
        });
        return answer.build();
    }
}
