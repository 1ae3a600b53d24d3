package dev.tidemark.flux.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type's requests, as notification-controller sends them: {@code notifications/NAME.http}. */
class FormatsTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "notifications");
    private static final String SLACK_API = "https://slack.com/api/chat.postMessage";

    /** Run with {@code -Dtidemark.update-docs=true} to write them anew, and read what changed. */
    @ParameterizedTest
    @CsvSource({
        "generic, generic, https://hooks.example/in",
        "generic-hmac, generic-hmac, https://hooks.example/in",
        "slack-webhook, slack, https://hooks.slack.example/services/T/B/X",
        "slack-api, slack, " + SLACK_API,
        "discord, discord, https://discord.example/api/webhooks/1/abc",
        "msteams, msteams, https://prod.logic.example:443/workflows/1?sig=abc",
        "msteams-connector, msteams, https://org.webhook.office.com/webhookb2/1",
        "matrix, matrix, https://matrix.example",
        "github, github, https://github.com/my-org/fleet",
        "github-enterprise, github, ssh://git@git.example:2222/my-org/fleet.git",
        "gitlab, gitlab, https://gitlab.example/group/sub/fleet.git",
        "alertmanager, alertmanager, http://alertmanager.example:9093/api/v2/alerts/",
    })
    void areThoseOfFlux(String name, String type, String address) throws Exception {
        StringBuilder sent = new StringBuilder();
        for (FluxEvent event : new FluxEvent[] {Told.pushed(), Told.failed("cannot push: <403> & \"no\"")}) {
            Notifiers.of(type, destination(address)).tell(told(event), request -> {
                write(request, sent);
                return request.method().equals("GET") ? "[]" : "{\"ok\": true}";
            });
        }
        Path file = GOLDEN.resolve(name + ".http");
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(file, sent);
        }
        assertThat(file).content().isEqualTo(sent.toString());
    }

    private static void write(Transport.Outgoing request, StringBuilder into) throws IOException {
        into.append(request.method()).append(' ').append(request.address()).append('\n');
        new TreeMap<>(request.headers())
                .forEach((key, value) ->
                        into.append(key).append(": ").append(value).append('\n'));
        if (request.json() != null) {
            into.append('\n')
                    .append(FluxJson.json()
                            .readTree(request.json())
                            .toPrettyString()
                            .replace(System.lineSeparator(), "\n"))
                    .append('\n');
        }
        into.append('\n');
    }

    /** As an Alert without more of its own tells it. */
    static FluxEvent told(FluxEvent recorded) {
        var alert = Told.alert("providerRef: {name: p}, eventMetadata: {summary: the fleet},"
                + " eventSources: [{kind: ImageUpdateAutomation, name: '*'}]");
        return ((AlertRule.Verdict.Told) new AlertRule(alert).judge(recorded, Map.of(), CrossNamespaceRefs.ALLOWED))
                .event();
    }

    private static Destination destination(String address) {
        return new Destination(
                URI.create(address), "!room:matrix.example", "", "", "t0ken", Map.of("X-Team", "web"), "0f1e2d3c-4b5a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github | https://github.com/my-org/fleet   | context | state  | success",
                "gitlab | https://gitlab.example/group/fleet | name    | status | success",
            })
    void aStatusThatIsThereIsNotSetAgain(String type, String address, String name, String state, String value)
            throws Exception {
        String known = "[{\"" + name + "\": \"imageupdateautomation/fleet/0f1e2d3c\", \"" + state + "\": \"" + value
                + "\", \"description\": \"succeeded\"}]";
        StringBuilder sent = new StringBuilder();

        Notifiers.of(type, destination(address)).tell(told(Told.pushed()), request -> {
            sent.append(request.method()).append(' ');
            return known;
        });

        assertThat(sent.toString()).isEqualTo("GET ");
    }

    /** The API answers 200 whatever became of it. */
    @Test
    void slacksApiSaysInItsAnswerWhetherItTookIt() throws Exception {
        Notifier slack = Notifiers.of("slack", destination(SLACK_API));

        assertThatThrownBy(() ->
                        slack.tell(told(Told.pushed()), request -> "{\"ok\": false, \"error\": \"channel_not_found\"}"))
                .isInstanceOf(IOException.class)
                .hasMessage("Slack's API refuses it: channel_not_found");
        assertThatThrownBy(() -> slack.tell(told(Told.pushed()), request -> "<html>"))
                .hasMessage("the answer is not JSON: look whether the address is the right one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pagerduty    | https://a.example     | the type 'pagerduty' is not served: use one of generic, generic-hmac,",
                "github       | https://a.example/x   | the address of a Provider of type 'github' is the repository's, such",
                "github       | https://a.example/x/y/z | the address of a Provider of type 'github' ends with OWNER/NAME",
            })
    void whatCannotBeUsedIsSaidWithTheRemedy(String type, String address, String message) {
        assertThatThrownBy(() -> Notifiers.of(type, destination(address)))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"generic-hmac", "matrix", "github", "gitlab"})
    void aTokenThatIsMissingIsAskedFor(String type) {
        Destination without = new Destination(URI.create("https://a.example/o/n"), "room", "", "", "", Map.of(), "u");

        assertThatThrownBy(() -> Notifiers.of(type, without))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessageContaining("takes a Secret (spec.secretRef) whose key 'token' is ");
    }

    @Test
    void nothingPrintsAToken() throws Exception {
        for (String type : new String[] {"generic-hmac", "slack", "matrix", "github", "gitlab", "alertmanager"}) {
            assertThat(Notifiers.of(type, destination("https://a.example/o/secret-path"))
                            .toString())
                    .doesNotContain("t0ken", "web");
        }
        assertThat(destination("https://a.example/o/secret-path").toString()).doesNotContain("secret-path");
    }
}
