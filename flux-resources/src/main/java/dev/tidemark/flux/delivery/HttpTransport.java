package dev.tidemark.flux.delivery;

import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.alert.Transport;
import dev.tidemark.flux.github.GitHubApi;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends by HTTP, as long as the Provider gives it. */
final class HttpTransport implements Transport, GitHubApi {

    /** As Flux's client does it: five tries, later with each. */
    static final int TRIES = 5;

    static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private static final String AUTHORIZATION = "Authorization";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REDIRECT = 3;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_BUILT = 501;

    private static final String ELSEWHERE =
            ", which leads elsewhere: no redirect is followed, since what is sent holds tokens; write the address that it"
                    + " leads to";

    /** Of what a server says of a failure; more helps nobody. */
    private static final int LONGEST_ANSWER = 200;

    /** Fifty statuses of a commit, with whoever set them, are some hundred KiB. */
    private static final long LONGEST_BODY = 1L << 20;

    private final HttpClient http;
    private final ProviderAccess access;
    private final Redaction redaction;
    private final Clock clock;
    private final Pause pause;
    private final Instant end;

    /** Waits before another try. */
    @FunctionalInterface
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /** From now on the Provider's time runs. */
    HttpTransport(HttpClient http, ProviderAccess access, Clock clock, Pause pause) {
        this(http, access, clock, pause, clock.instant().plus(access.timeout()));
    }

    private HttpTransport(HttpClient http, ProviderAccess access, Clock clock, Pause pause, Instant end) {
        this.http = http;
        this.access = access;
        this.redaction = Redaction.of(access.secrets());
        this.clock = clock;
        this.pause = pause;
        this.end = end;
    }

    /** The same, within the same time, whose messages do not show this either. */
    HttpTransport hiding(String secret) {
        return new HttpTransport(http, access.hiding(secret), clock, pause, end);
    }

    /** A failure that another try may help. */
    private static final class PassingException extends IOException {
        private static final long serialVersionUID = 1;

        PassingException(String message) {
            super(message);
        }
    }

    /** What we show is not taken: another token may be. */
    static final class DeniedException extends IOException {
        private static final long serialVersionUID = 1;

        DeniedException(String message) {
            super(message);
        }
    }

    @Override
    public String send(Outgoing request) throws IOException, InterruptedException {
        HttpResponse<String> answer = answered(request);
        int code = answer.statusCode();
        if (code / 100 == 2) {
            return answer.body();
        }
        String text = refusal(answer, authority(request.address()));
        throw code == UNAUTHORIZED || code == FORBIDDEN ? new DeniedException(text) : new IOException(text);
    }

    @Override
    public Answer ask(String method, URI address, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = answered(new Outgoing(method, address, headers, null));
        return Answer.of(answer.statusCode(), answer.body());
    }

    private HttpResponse<String> answered(Outgoing request) throws IOException, InterruptedException {
        Duration wait = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (PassingException passing) {
                if (attempt == TRIES || !clock.instant().plus(wait).isBefore(end)) {
                    throw passing;
                }
            }
            pause.take(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private HttpResponse<String> once(Outgoing request) throws IOException, InterruptedException {
        Duration left = Duration.between(clock.instant(), end);
        String host = authority(request.address());
        if (!left.isPositive()) {
            throw new PassingException(
                    host + " did not answer within " + access.timeout().toSeconds() + " s");
        }
        HttpResponse<String> answer = answer(built(request, left), left, host);
        int code = answer.statusCode();
        if (code == TOO_MANY || (code >= SERVER_ERROR && code != NOT_BUILT)) {
            throw new PassingException(refusal(answer, host));
        }
        return answer;
    }

    private String refusal(HttpResponse<String> answer, String host) {
        String said = answer.body().strip();
        return redaction.apply(host + " answers " + answer.statusCode()
                + (isElsewhere(answer) ? ELSEWHERE : "")
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), LONGEST_ANSWER))));
    }

    private static boolean isElsewhere(HttpResponse<?> answer) {
        return answer.statusCode() / 100 == REDIRECT
                && answer.headers().firstValue("Location").isPresent();
    }

    /** The whole of it within the time: a body may come byte by byte. */
    private HttpResponse<String> answer(HttpRequest request, Duration left, String host)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LONGEST_BODY));
        try {
            return asked.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            asked.cancel(true);
            throw new PassingException(
                    host + " did not answer within " + access.timeout().toSeconds() + " s");
        } catch (InterruptedException end) {
            asked.cancel(true);
            throw end;
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), host);
        }
    }

    private IOException failure(@Nullable Throwable cause, String host) {
        return switch (cause) {
            case HttpConnectTimeoutException away -> new PassingException(host + " cannot be reached");
            case ConnectException away -> new PassingException(host + " cannot be reached");
            case HttpTimeoutException slow ->
                new PassingException(
                        host + " did not answer within " + access.timeout().toSeconds() + " s");
            case SSLException distrusted ->
                new IOException(redaction.apply("no TLS connection to " + host + ": " + distrusted.getMessage()
                        + " (the authority of its certificate belongs into the Secret of spec.certSecretRef, ca.crt)"));
            case null -> new PassingException(host + " broke off");
            default -> new PassingException(redaction.apply(host + " broke off: " + cause.getMessage()));
        };
    }

    private HttpRequest built(Outgoing request, Duration left) {
        String json = request.json();
        HttpRequest.Builder built = HttpRequest.newBuilder(request.address())
                .timeout(left)
                .method(
                        request.method(),
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            built.setHeader("Content-Type", "application/json");
        }
        BasicLogin.of(request.address()).ifPresent(login -> built.setHeader(AUTHORIZATION, login));
        request.headers().forEach(built::setHeader);
        String authorization = access.proxy() == null ? null : access.proxy().authorization();
        if (authorization != null) {
            built.setHeader("Proxy-Authorization", authorization);
        }
        return built.build();
    }

    private static String authority(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ':' + address.getPort();
    }
}
