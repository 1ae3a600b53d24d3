package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.Json;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What a running policy-evaluator answers over HTTP. */
public final class Evaluator {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** A replay reads all of the audit window. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

    private final URI http;
    private final String token;

    public Evaluator(StateFolder folder) {
        this.http = folder.running().management();
        this.token = folder.token();
    }

    /** Why a policy selects what it selects; {@code tag} empty for the selected one. */
    public Tree explain(String kind, String namespace, String name, String tag) throws InterruptedException {
        String query = "?kind=" + encoded(kind) + (tag.isEmpty() ? "" : "&tag=" + encoded(tag));
        return get("/policy-evaluator/explain/" + encoded(namespace) + '/' + encoded(name) + query);
    }

    /** Decides recorded history again; {@code since} as a duration. */
    public Tree replay(String since) throws InterruptedException {
        return get("/policy-evaluator/replay?since=" + encoded(since));
    }

    /** Whether everything is halted, by whom and why. */
    public Tree control() throws InterruptedException {
        return get("/policy-evaluator/control");
    }

    /** Halts or lifts. */
    public void control(String action, String who, String why) throws InterruptedException {
        var unused = send(HttpRequest.newBuilder(http.resolve("/policy-evaluator/control"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.compact(Map.of("action", action, "who", who, "why", why)))));
    }

    private Tree get(String path) throws InterruptedException {
        return Tree.parse(send(HttpRequest.newBuilder(http.resolve(path))));
    }

    private String send(HttpRequest.Builder request) throws InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build()) {
            HttpResponse<String> answer =
                    client.send(request.timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new UserError(reason(answer));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UserError("the services at " + http + " do not answer: './tidemark logs' may say why.", e);
        }
    }

    private static String reason(HttpResponse<String> answer) {
        String error = answer.body().startsWith("{") ? Tree.parse(answer.body()).text("error") : "";
        return (error.isEmpty() ? "the services answered " + answer.statusCode() : error) + '.';
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
