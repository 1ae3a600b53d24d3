package dev.tidemark.flux.github;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.github.GitHubApi.Answer;
import dev.tidemark.flux.secret.PemKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the installations of GitHub Apps, used until shortly before they end ("Authenticating as a GitHub App
 * installation" in GitHub's documentation). For any thread.
 */
public final class GitHubAppTokens {

    /** More repositories share few apps; what falls out is asked for again. */
    private static final int KEPT = 64;

    /** A push must not outlive its token. */
    private static final Duration RESERVE = Duration.ofMinutes(5);

    /** Where the answer does not say it: an hour is what GitHub gives. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** Clocks differ: what is issued in the future is refused. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private final Clock clock;

    private final Map<GitHubApp, Given> given = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GitHubApp, Given> eldest) {
            return size() > KEPT;
        }
    };

    /** What one app was given; a server that hangs holds up who asks there, and nobody else. */
    private static final class Given {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Token token;
    }

    private record Token(String text, Instant end) {}

    /** GitHub gives no token; the message has the remedy, and no secrets. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    public GitHubAppTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token that lasts for some minutes at least. May block.
     *
     * @param api where it is asked for
     */
    public String of(GitHubApp app, GitHubApi api) throws RefusedException, InterruptedException {
        Given mine = given(app);
        mine.lock.lock();
        try {
            Token known = mine.token;
            if (known == null || !clock.instant().plus(RESERVE).isBefore(known.end())) {
                known = fetched(app, api);
                mine.token = known;
            }
            return known.text();
        } finally {
            mine.lock.unlock();
        }
    }

    private Given given(GitHubApp app) {
        synchronized (given) {
            return given.computeIfAbsent(app, unknown -> new Given());
        }
    }

    /** A remote does not take it: the app was perhaps taken away, or its rights were changed. */
    public void refused(GitHubApp app) {
        given(app).token = null;
    }

    private Token fetched(GitHubApp app, GitHubApi api) throws RefusedException, InterruptedException {
        String claim = claim(app);
        String installation = app.installation() == null ? installation(app, api, claim) : app.installation();
        Answer answer = ask(app, api, claim, "POST", "app/installations/" + installation + "/access_tokens");
        String token = answer.body().path("token").asText("");
        if (answer.status() != CREATED || token.isEmpty()) {
            throw refusal(
                    answer,
                    answer.status() == NOT_FOUND
                            ? "has no installation " + installation + " of the app: correct githubAppInstallationID"
                            : "gives no token");
        }
        return new Token(token, end(answer.body().path("expires_at").asText("")));
    }

    private Instant end(String said) {
        try {
            return Instant.parse(said);
        } catch (DateTimeParseException unsaid) {
            return clock.instant().plus(LIFE);
        }
    }

    /** As organisation first, then as user. */
    private String installation(GitHubApp app, GitHubApi api, String claim)
            throws RefusedException, InterruptedException {
        String owner = Objects.requireNonNull(app.owner(), "one of both is there");
        Answer answer = ask(app, api, claim, "GET", "orgs/" + owner + "/installation");
        if (answer.status() == NOT_FOUND) {
            answer = ask(app, api, claim, "GET", "users/" + owner + "/installation");
        }
        String id = answer.body().path("id").asText("");
        if (answer.status() != OK || id.isEmpty()) {
            throw refusal(
                    answer,
                    answer.status() == NOT_FOUND
                            ? "has no installation of the app for '" + owner
                                    + "': correct githubAppInstallationOwner, or install the app"
                            : "does not name the installation of the app");
        }
        return id;
    }

    private static Answer ask(GitHubApp app, GitHubApi api, String claim, String method, String path)
            throws RefusedException, InterruptedException {
        try {
            return api.ask(
                    method,
                    app.api().resolve(path),
                    Map.of("Authorization", "Bearer " + claim, "Accept", "application/vnd.github+json"));
        } catch (IOException unreachable) {
            throw new RefusedException("GitHub's API at " + app.api().getAuthority() + " cannot be asked for a token: "
                    + unreachable.getMessage());
        }
    }

    /** The app's own word, RS256 (RFC 7519, RFC 7518 3.3). */
    private String claim(GitHubApp app) throws RefusedException {
        Instant issued = clock.instant().minus(SKEW);
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims = FluxJson.json()
                .createObjectNode()
                .put("iat", issued.getEpochSecond())
                .put("exp", issued.plus(CLAIM).getEpochSecond())
                .put("iss", app.id())
                .toString();
        String signed = encoded(header) + '.' + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(PemKey.read(app.key().getBytes(StandardCharsets.US_ASCII)));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + URL_SAFE.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new RefusedException("the Secret's githubAppPrivateKey is no RSA key in PEM: " + e.getMessage());
        }
    }

    private static String encoded(String text) {
        return URL_SAFE.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RefusedException refusal(Answer answer, String what) {
        String said = answer.body().path("message").asText("");
        return new RefusedException(
                "GitHub " + what + " (" + answer.status() + (said.isEmpty() ? "" : ", " + said) + ')');
    }
}
