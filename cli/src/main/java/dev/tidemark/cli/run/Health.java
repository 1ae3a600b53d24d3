package dev.tidemark.cli.run;

import dev.tidemark.cli.state.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a process says of itself. */
public enum Health {
    READY,
    NOT_READY,
    SILENT;

    /** A process on this machine that lives answers in milliseconds, a busy one in a second. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    public static Health of(Endpoints endpoints) {
        URI ready = endpoints.management().resolve("/q/health/ready");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            int status = client.send(
                            HttpRequest.newBuilder(ready).timeout(LIMIT).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == 200 ? READY : NOT_READY;
        } catch (IOException | IllegalArgumentException silent) {
            return SILENT;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return SILENT;
        }
    }
}
