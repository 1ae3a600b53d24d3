package dev.tidemark.flux.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.flux.folder.SteppedClock;
import dev.tidemark.flux.github.GitHubApi.Answer;
import dev.tidemark.testkit.TestKeys;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubAppTokensTest {

    private static String key = "";

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-27T20:00:00Z"));
    private final GitHubAppTokens tokens = new GitHubAppTokens(clock);
    private final List<String> asked = new ArrayList<>();
    private String token = "ghs_first";

    @BeforeAll
    static void makeKey(@TempDir Path folder) throws Exception {
        key = TestKeys.rsa(folder, "app").pkcs1Pem();
    }

    private Answer answer(String method, URI address, Map<String, String> headers) throws IOException {
        assertThat(headers.get("Authorization")).startsWith("Bearer ey");
        asked.add(method + ' ' + address.getPath());
        return switch (address.getPath()) {
            case "/api/v3/users/me/installation" -> Answer.of(200, "{\"id\": 77}");
            case "/api/v3/app/installations/77/access_tokens" ->
                Answer.of(
                        201,
                        "{\"token\": \"" + token + "\", \"expires_at\": \""
                                + clock.instant().plus(Duration.ofHours(1)) + "\"}");
            case "/api/v3/app/installations/79/access_tokens" -> Answer.of(200, "<html>");
            case "/api/v3/app/installations/80/access_tokens" -> throw new ConnectException("refused");
            default -> Answer.of(404, "{\"message\": \"Not Found\"}");
        };
    }

    private static GitHubApp app(@Nullable String installation, @Nullable String owner) {
        return new GitHubApp("12345", key, installation, owner, URI.create("https://git.example/api/v3/"));
    }

    private String of(GitHubApp app) throws Exception {
        return tokens.of(app, this::answer);
    }

    @Test
    void looksForTheInstallationOfAnOwner() throws Exception {
        assertThat(of(app(null, "me"))).isEqualTo("ghs_first");
        assertThat(asked)
                .containsExactly(
                        "GET /api/v3/orgs/me/installation",
                        "GET /api/v3/users/me/installation",
                        "POST /api/v3/app/installations/77/access_tokens");
    }

    @Test
    void asksAgainShortlyBeforeATokenEndsAndAfterARefusal() throws Exception {
        GitHubApp app = app("77", null);

        assertThat(of(app)).isEqualTo("ghs_first");
        token = "ghs_second";
        clock.advance(Duration.ofMinutes(54));
        assertThat(of(app)).isEqualTo("ghs_first");
        clock.advance(Duration.ofMinutes(1));
        assertThat(of(app)).isEqualTo("ghs_second");
        token = "ghs_third";
        assertThat(of(app)).isEqualTo("ghs_second");
        tokens.refused(app);
        assertThat(of(app)).isEqualTo("ghs_third");
    }

    @Test
    void saysWhyThereIsNoToken() {
        assertThat(refusal(app("78", null)))
                .contains("no installation 78", "githubAppInstallationID", "404", "Not Found");
        assertThat(refusal(app(null, "nobody")))
                .contains("no installation of the app for 'nobody'", "githubAppInstallationOwner");
        assertThat(refusal(app("79", null))).contains("gives no token (200)");
        assertThat(refusal(app("80", null))).contains("API at git.example cannot be asked for a token: refused");
        assertThat(refusal(new GitHubApp(
                        "1", "nonsense", "77", null, app("77", null).api())))
                .contains("githubAppPrivateKey");
    }

    private String refusal(GitHubApp app) {
        return String.valueOf(assertThatExceptionOfType(GitHubAppTokens.RefusedException.class)
                .isThrownBy(() -> of(app))
                .actual()
                .getMessage());
    }
}
