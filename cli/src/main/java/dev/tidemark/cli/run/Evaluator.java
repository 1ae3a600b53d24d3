package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UnknownToServices;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Services;
import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.time.GoDuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
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

    /** An explanation reads a partition; an export looks through a partition's keys before it says much. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

    /** What a service knows without reading anything. */
    private static final Duration QUICK_LIMIT = Duration.ofSeconds(10);

    /** All that a service keeps of its log, over a slow line. */
    private static final Duration LOG_LIMIT = Duration.ofMinutes(1);

    private static final int BUFFER = 64 * 1024;

    private static final String LOG_LEVELS = "/log-levels";

    private static final String DEAD_LETTERS = "/policy-evaluator/dead-letters";

    private static final int NOT_FOUND = 404;

    /** What ends, so that its limit is one for all of it. */
    private static final HttpResponse.BodyHandler<InputStream> WHOLE = _ ->
            HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(), ByteArrayInputStream::new);

    /** A sentence. */
    private static final int LONGEST_REASON = 16 * 1024;

    private final Services services;
    private final URI http;
    private final Requests requests;

    /** @param services closed with this */
    public Evaluator(Services services) {
        this.services = services;
        this.http = services.address();
        this.requests = new Requests(services);
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
        try (InputStream body = body(request, HttpResponse.BodyHandlers.ofInputStream(), ANSWER_LIMIT)) {
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
        HttpRequest request = with(services.tokenToRead(), HttpRequest.newBuilder(http.resolve("/logs" + query)))
                .build();
        return follow
                ? body(request, HttpResponse.BodyHandlers.ofInputStream(), QUICK_LIMIT)
                : body(request, WHOLE, LOG_LIMIT);
    }

    private InputStream body(HttpRequest request, HttpResponse.BodyHandler<InputStream> handler, Duration limit)
            throws InterruptedException {
        HttpResponse<InputStream> answer = requests.answer(request, handler, limit);
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
                                JsonWriter.compact(Map.of("action", action, "who", who, "why", why)))),
                ANSWER_LIMIT);
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
                HttpRequest.newBuilder(http.resolve(path)).DELETE(),
                ANSWER_LIMIT));
    }

    /** Which service it is, and of which version. */
    public Tree version() throws InterruptedException {
        return quick("/version");
    }

    /** What takes its time at this moment, in lines for people. */
    public List<String> underWay() throws InterruptedException {
        return quick("/progress").list("underWay");
    }

    /** Which Alerts are served, and which are not. */
    public Tree notifications() throws InterruptedException {
        return get("/notifications");
    }

    /** The packages whose log says more or less than the settings have it. */
    public Tree logLevels() throws InterruptedException {
        return quick(LOG_LEVELS);
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
                level.isEmpty() ? request.DELETE() : request.PUT(HttpRequest.BodyPublishers.ofString(level)),
                QUICK_LIMIT);
    }

    private Tree get(String path) throws InterruptedException {
        return Tree.parse(send(services.tokenToRead(), HttpRequest.newBuilder(http.resolve(path)), ANSWER_LIMIT));
    }

    private Tree quick(String path) throws InterruptedException {
        return Tree.parse(send(services.tokenToRead(), HttpRequest.newBuilder(http.resolve(path)), QUICK_LIMIT));
    }

    private String send(String token, HttpRequest.Builder request, Duration limit) throws InterruptedException {
        HttpResponse<String> answer =
                requests.answer(with(token, request).build(), HttpResponse.BodyHandlers.ofString(), limit);
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
        return request;
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
        requests.close();
        services.close();
    }
}
