package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts what happened to where Flux's notification-controller listens. */
final class Notifications {

    /** As Flux has it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** More would hold up what happens next; what is lost here stands in the cluster's Events. */
    private static final int TRIES = 3;

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    Notifications(URI address) {
        this.address = address;
    }

    /** @throws IOException when nobody took it */
    void post(JsonNode event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.toString()))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                int code = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                // too many: it was told this already
                if (code < 300 || code == TOO_MANY) {
                    return;
                }
                if (code < SERVER_ERROR || attempt == TRIES) {
                    throw new RefusedException(address + " answers " + code);
                }
            } catch (RefusedException refused) {
                throw refused;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
