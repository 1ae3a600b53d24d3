package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** All that the management listener of a Tidemark answers to whoever asks. */
record ManagementAnswers(URI management, String token) {

    private static final List<String> PATHS = List.of(
            "/q/metrics",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/log-levels",
            "/logs",
            "/policy-evaluator/control",
            "/policy-evaluator/dead-letters",
            "/policy-evaluator/export?since=1h");

    /** Those that have nothing to answer here say so. */
    private static final List<String> MAY_FAIL = List.of(
            "/",
            "/q",
            "/q/info",
            "/q/arc",
            "/q/dev",
            "/policy-evaluator/explain/apps/unknown",
            "/policy-evaluator/commits/0123");

    void addTo(Map<String, String> places) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                HttpResponse<byte[]> answer = ask(http, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                add(places, path, answer);
            }
            for (String path : MAY_FAIL) {
                add(places, path, ask(http, path));
            }
        }
        assertThat(places.get("answer of /q/metrics")).contains("gotk_resource_info{", "tidemark_webhooks_total{");
    }

    private HttpResponse<byte[]> ask(HttpClient http, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(management.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/openmetrics-text, */*")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void add(Map<String, String> places, String path, HttpResponse<byte[]> answer) {
        places.put(
                "answer of " + path, answer.headers() + "\n" + new String(answer.body(), StandardCharsets.ISO_8859_1));
    }
}
