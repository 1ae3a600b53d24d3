package dev.tidemark.cli.run;

import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.flux.view.Tree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What a process says of itself.
 *
 * @param warnings what will be a fault if nobody does anything, with the remedy
 */
public record Health(State state, List<String> warnings) {

    /** A process on this machine that lives answers in milliseconds, a busy one in a second. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Whether it works. */
    public enum State {
        READY,
        NOT_READY,
        SILENT
    }

    public static Health of(Endpoints endpoints) {
        return of(endpoints.management());
    }

    /** @param management address of a service's management listener */
    public static Health of(URI management) {
        URI ready = management.resolve("/q/health/ready");
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            // a limit for all of it: the request's own ends with the head of the answer
            HttpResponse<String> answer = client.sendAsync(
                            HttpRequest.newBuilder(ready).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString())
                    .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            return new Health(answer.statusCode() == 200 ? State.READY : State.NOT_READY, warnings(answer.body()));
        } catch (ExecutionException | IllegalArgumentException silent) {
            return new Health(State.SILENT, List.of());
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return new Health(State.SILENT, List.of());
        }
    }

    private static List<String> warnings(String answer) {
        try {
            return Tree.parse(answer).trees("checks").stream()
                    .map(check -> check.text("data", "warning"))
                    .filter(warning -> !warning.isEmpty())
                    .toList();
        } catch (IllegalArgumentException noJson) {
            return List.of();
        }
    }
}
