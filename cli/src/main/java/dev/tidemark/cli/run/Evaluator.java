package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UnknownToServices;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Services;
import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.time.GoDuration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a running service answers over HTTP, most of it the policy-evaluator, until it is closed. */
public final class Evaluator implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** An explanation reads a partition; an export looks through a partition's keys before it says much. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

    private static final int BUFFER = 64 * 1024;

    private static final String LOG_LEVELS = "/log-levels";

    private static final String DEAD_LETTERS = "/policy-evaluator/dead-letters";

    private static final int NOT_FOUND = 404;

    /** A sentence. */
    private static final int LONGEST_REASON = 16 * 1024;

    private final Services services;
    private final URI http;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** @param services closed with this */
    public Evaluator(Services services) {
        this.services = services;
        this.http = services.address();
    }

    /** Why a policy selects what it selects; {@code tag} empty for the selected one. */
    public Tree explain(String kind, String namespace, String name, String tag) throws InterruptedException {
        String query = "?kind=" + encoded(kind) + (tag.isEmpty() ? "" : "&tag=" + encoded(tag));
        return get("/policy-evaluator/explain/" + encoded(namespace) + '/' + encoded(name) + query);
    }

    /** What a commit was made from; {@code id} whole or abbreviated. */
    public Tree commit(String id) throws InterruptedException {
        return get("/policy-evaluator/commits/" + encoded(id));
    }

    /**
     * Copies what was recorded since then; a range without its last line is cut.
     *
     * @throws IOException of {@code out}
     */
    public void export(Duration ago, OutputStream out) throws IOException, InterruptedException {
        HttpRequest request = with(
                        services.tokenToRead(),
                        HttpRequest.newBuilder(
                                http.resolve("/policy-evaluator/export?since=" + encoded(GoDuration.text(ago)))))
                .build();
        try (InputStream body = stream(request)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = next(body, buffer); read >= 0; read = next(body, buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    /**
     * Lines of the service's log, each with its time before it. Whoever opens them closes them.
     *
     * @param tail how many entries, the newest; negative for all that it keeps
     * @param follow whether to go on with what comes
     */
    public InputStream logs(int tail, Optional<Instant> since, boolean follow) throws InterruptedException {
        String query = "?tail=" + tail + "&follow=" + follow
                + since.map(time -> "&since=" + encoded(time.toString())).orElse("");
        return stream(with(services.tokenToRead(), HttpRequest.newBuilder(http.resolve("/logs" + query)))
                .build());
    }

    private InputStream stream(HttpRequest request) throws InterruptedException {
        HttpResponse<InputStream> answer = answer(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() / 100 != 2) {
            throw new UserError(reason(answer.statusCode(), beginning(answer.body())));
        }
        return answer.body();
    }

    private static String beginning(InputStream refusal) {
        try (refusal) {
            return new String(refusal.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return "";
        }
    }

    /** A connection that breaks ends the answer, and so does its end. */
    private static int next(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException broken) {
            return -1;
        }
    }

    /** Whether everything is halted, by whom and why. */
    public Tree control() throws InterruptedException {
        return get("/policy-evaluator/control");
    }

    /** Halts or lifts. */
    public void control(String action, String who, String why) throws InterruptedException {
        var unused = send(
                services.tokenToChange(),
                HttpRequest.newBuilder(http.resolve("/policy-evaluator/control"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JsonWriter.compact(Map.of("action", action, "who", who, "why", why)))));
    }

    /** What lies among the dead letters of all services. */
    public Tree deadLetters() throws InterruptedException {
        return get(DEAD_LETTERS);
    }

    /**
     * Forgets those that are there now, and says which.
     *
     * @param topic only of this one; empty for all
     */
    public Tree clearDeadLetters(String topic) throws InterruptedException {
        String path = DEAD_LETTERS + (topic.isEmpty() ? "" : "?topic=" + encoded(topic));
        return Tree.parse(send(
                services.tokenToChange(),
                HttpRequest.newBuilder(http.resolve(path)).DELETE()));
    }

    /** Which service it is, and of which version. */
    public Tree version() throws InterruptedException {
        return get("/version");
    }

    /** What takes its time at this moment, in lines for people. */
    public List<String> underWay() throws InterruptedException {
        return get("/progress").list("underWay");
    }

    /** The packages whose log says more or less than the settings have it. */
    public Tree logLevels() throws InterruptedException {
        return get(LOG_LEVELS);
    }

    /**
     * Changes how much a package says.
     *
     * @param level empty to take it back
     */
    public void logLevel(String name, String level) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(http.resolve(LOG_LEVELS + '/' + encoded(name)));
        var unused = send(
                services.tokenToChange(),
                level.isEmpty() ? request.DELETE() : request.PUT(HttpRequest.BodyPublishers.ofString(level)));
    }

    private Tree get(String path) throws InterruptedException {
        return Tree.parse(send(services.tokenToRead(), HttpRequest.newBuilder(http.resolve(path))));
    }

    private String send(String token, HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> answer = answer(with(token, request).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            String reason = reason(answer.statusCode(), answer.body());
            throw answer.statusCode() == NOT_FOUND ? new UnknownToServices(reason) : new UserError(reason);
        }
        return answer.body();
    }

    private static HttpRequest.Builder with(String token, HttpRequest.Builder request) {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.timeout(ANSWER_LIMIT);
    }

    private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UserError(services.silence() + '.', e);
        }
    }

    private static String reason(int status, String body) {
        String error = body.startsWith("{") ? Tree.parse(body).text("error") : "";
        return (error.isEmpty() ? "the services answered " + status : error) + '.';
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
        services.close();
    }
}
