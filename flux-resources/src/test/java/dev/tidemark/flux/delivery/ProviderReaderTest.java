package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.alert.Told;
import dev.tidemark.flux.alert.UnusableProviderException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderReaderTest {

    private final MapSecrets secrets = new MapSecrets();

    private ProviderAccess read(String spec) throws UnusableProviderException, IOException {
        return new ProviderReader(secrets)
                .read(Told.resource(Kinds.PROVIDER, "name: chat, namespace: apps, uid: u-1", spec));
    }

    @Test
    void whatTheSpecSaysIsTaken() throws Exception {
        ProviderAccess access = read("type: slack, address: 'https://a.example/x', channel: ops, username: bot");

        assertThat(access.destination().address()).isEqualTo(URI.create("https://a.example/x"));
        assertThat(access.destination().channel()).isEqualTo("ops");
        assertThat(access.destination().username()).isEqualTo("bot");
        assertThat(access.destination().providerUid()).isEqualTo("u-1");
        assertThat(access.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(access.certificates()).isNull();
        assertThat(access.proxy()).isNull();
    }

    @Test
    void theSecretGoesBefore() throws Exception {
        secrets.with(
                "chat",
                Map.of(
                        "address", "https://b.example/y\n",
                        "token", " t0ken\n",
                        "username", "robot",
                        "password", "pw",
                        "headers", "X-Team: web\nAuthorization: \"Bearer abc\"",
                        "proxy", "http://user:secret-pw@proxy.example:3128"));
        ProviderAccess access = read("type: generic, address: 'https://a.example/x', username: bot, timeout: 3s,"
                + " secretRef: {name: chat}");

        assertThat(access.destination().address()).isEqualTo(URI.create("https://b.example/y"));
        assertThat(access.destination().token()).isEqualTo("t0ken");
        assertThat(access.destination().username()).isEqualTo("robot");
        assertThat(access.destination().password()).isEqualTo("pw");
        assertThat(access.destination().headers()).isEqualTo(Map.of("X-Team", "web", "Authorization", "Bearer abc"));
        assertThat(access.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Objects.requireNonNull(access.proxy()).host()).isEqualTo("proxy.example");
        assertThat(access.secrets()).contains("t0ken", "pw", "Bearer abc", "https://b.example/y", "/y", "secret-pw");
        assertThat(access.toString()).doesNotContain("t0ken", "/y");
    }

    @Test
    void authoritiesOfAForgeMayBeWithTheToken() throws Exception {
        secrets.with("forge", Map.of("token", "t", "ca.crt", "PEM"));

        assertThat(read("type: gitlab, address: 'https://git.example/o/n', secretRef: {name: forge}")
                        .certificates())
                .isNotNull();
        assertThat(read("type: slack, address: 'https://git.example/o/n', secretRef: {name: forge}")
                        .certificates())
                .isNull();
        secrets.with("ca", Map.of("ca.crt", "PEM"));
        assertThat(read("type: slack, address: 'https://git.example/o/n', certSecretRef: {name: ca}")
                        .certificatesFrom())
                .isEqualTo("apps/ca");
    }

    /** What takes no app does not mind that there is one. */
    @Test
    void aTokenGoesBeforeAnApp() throws Exception {
        Map<String, String> app =
                Map.of("githubAppID", "7", "githubAppPrivateKey", "k", "githubAppInstallationID", "8");
        Map<String, String> both = new HashMap<>(app);
        both.put("token", "t");
        secrets.with("app", app).with("both", both);
        String github = "type: github, address: 'https://git.example/o/n', secretRef: {name: ";

        assertThat(read(github + "app}").app()).hasToString("GitHubApp(7)");
        assertThat(read(github + "app}").secrets()).contains("k");
        assertThat(read(github + "both}").app()).isNull();
        assertThat(read("type: slack, address: 'https://git.example', secretRef: {name: app}")
                        .app())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"git@git.example:o/n.git, ssh://git.example/o/n.git", "ssh://git@h/o/n, ssh://git@h/o/n"})
    void aRepositoryMayBeNamedAsGitNamesIt(String written, String read) throws Exception {
        assertThat(read("type: github, address: '" + written + "'")
                        .destination()
                        .address())
                .isEqualTo(URI.create(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type: slack                                          | it has no address: set spec.address, or the key 'address' of its Secret",
                "type: slack, address: 'ftp://a/top-secret'           | its address is no URL: begin it with https:// and the name of a host",
                "type: slack, address: 'https://a b/top-secret'       | its address is no URL: begin it with https:// and the name of a host",
                "type: slack, address: 'git@h:o/top-secret'           | its address is no URL: begin it with https:// and the name of a host",
                "type: slack, address: 'http://h', secretRef: {name: x}      | the Secret 'apps/x' that spec.secretRef names does not exist: make it",
                "type: slack, address: 'http://h', certSecretRef: {name: x}  | the Secret 'apps/x' that spec.certSecretRef names does not exist: make it",
                "type: slack, address: 'http://h', proxySecretRef: {name: x} | the Secret 'apps/x' that spec.proxySecretRef names does not exist: make it",
                "type: slack, address: 'http://h', secretRef: {name: odd}    | the key 'headers' of its Secret is no map: write NAME: \"VALUE\", one a line",
                "type: slack, address: 'http://h', serviceAccountName: x     | spec.serviceAccountName is not served: give a Secret (spec.secretRef)",
                "type: github, address: 'http://h', commitStatusExpr: x      | spec.commitStatusExpr is not served: leave it out, and the status is named by kind, name and a part of the Provider's uid",
                "type: github, address: 'https://h/o/n', secretRef: {name: app} | the Secret of the GitHub App has no githubAppPrivateKey: write the private key of the app into it, in PEM",
                "type: slack, address: 'http://h', proxy: 'https://proxy'    | proxy Secret 'apps/chat': proxies of scheme 'https' are not served by this version: use http://",
                "type: slack, address: 'http://h:99999/top-secret'    | its address has the port 99999, which no server can have: write one from 1 to 65535",
                "type: generic, address: 'http://h', secretRef: {name: host} | the header 'Host' cannot be set: leave it out of the key 'headers' of its Secret",
                "type: gitlab, address: 'http://h/o/n', secretRef: {name: lines} | the key 'token' of its Secret has more than one line: write the token and nothing else",
            })
    void whatIsWrongIsSaidWithTheRemedy(String spec, String message) {
        secrets.with("odd", Map.of("headers", "- top-secret"));
        secrets.with("app", Map.of("githubAppID", "7"));
        secrets.with("host", Map.of("headers", "Host: top-secret"));
        secrets.with("lines", Map.of("token", "top\nsecret"));

        assertThatThrownBy(() -> read(spec))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessage(message);
    }

    /** It is not the Provider that has to be mended. */
    @Test
    void aSecretThatCannotBeReadNowIsNoFaultOfTheProvider() {
        secrets.goAway();

        assertThatThrownBy(() -> read("type: slack, address: 'http://h', secretRef: {name: x}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the API server does not answer");
    }

    @Test
    void aLoginInTheAddressIsSecret() throws Exception {
        assertThat(read("type: generic, address: 'http://robot:pass%2Fword@h/x'")
                        .secrets())
                .contains("pass%2Fword", "pass/word", "robot:pass/word");
    }
}
