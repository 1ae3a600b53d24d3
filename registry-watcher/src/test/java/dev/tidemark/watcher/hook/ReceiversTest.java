package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.cel.CelFilters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    private static final String SECRET = """
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: token, namespace: apps}, stringData: {token: t}}
            """;
    private static final String IMAGES = """
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: web, namespace: apps, labels: {team: a}}
            spec: {image: ghcr.io/acme/web, interval: 1m}
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: api, namespace: apps, labels: {team: a}}
            spec: {image: ghcr.io/acme/api, interval: 1m}
            """;

    private static final String OTHERS = """
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageUpdateAutomation
            metadata: {name: fleet, namespace: apps}
            spec: {interval: 1m, sourceRef: {kind: GitRepository, name: fleet}, git: {commit: {author: {email: a@b.example}}}}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: apps}
            spec: {interval: 1m, url: "https://git.example/org/fleet"}
            ---
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSet
            metadata: {name: apps, namespace: apps}
            spec: {resources: []}
            """;

    private static final ResourceId HOOK = new ResourceId("Receiver", "apps", "hook");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final DeclaredHooks hooks = new DeclaredHooks(new CelFilters(), (token, audience, email) -> false);
    private final WebhookHandler handler = hooks.handler;
    private Optional<ReceiverStatus> last = Optional.empty();

    private ReceiverStatus status(String spec, String others) {
        String manifests = """
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: hook, namespace: apps, annotations: {reconcile.fluxcd.io/requestedAt: now}}
                spec: {%s}
                """.formatted(spec) + others;
        hooks.declared.replace(Stream.of(manifests.split("---\n", -1))
                .map(TestResources::resource)
                .toList());
        hooks.read();
        ReceiverStatus status = hooks.receivers.status(HOOK, NOW).orElseThrow().after(last);
        last = Optional.of(status);
        return status;
    }

    private static String said(ReceiverStatus status) {
        return String.join(
                ", ",
                status.conditions().stream()
                        .map(c -> c.type() + '=' + c.status() + ' ' + c.reason())
                        .toList());
    }

    @Test
    void aReadyReceiverHasAPath() throws Exception {
        ReceiverStatus status = status("type: generic, secretRef: {name: token}, resources: []", SECRET);
        assertThat(said(status)).isEqualTo("Ready=True Succeeded");
        assertThat(status.lastHandledReconcileAt()).isEqualTo("now");
        assertThat(status.webhookPath()).startsWith("/hook/").hasSize("/hook/".length() + 64);
    }

    @Test
    void anExpressionThatIsNoneStallsAndNamesTheField() throws Exception {
        ReceiverStatus status = status(
                "type: generic, secretRef: {name: token}, resources: [{kind: ImageRepository, name: web, filter: 'req.'}]",
                SECRET);
        assertThat(said(status)).isEqualTo("Stalled=True InvalidCELExpression, Ready=False InvalidCELExpression");
        assertThat(status.conditions().getFirst().message()).startsWith("spec.resources[0].filter: ");
        assertThat(status.webhookPath()).isNull();
    }

    @Test
    void aLostTokenIsLookedForAgain() throws Exception {
        String spec = "type: generic, secretRef: {name: token}, resources: []";
        var before = status(spec, SECRET);
        ReceiverStatus status = status(spec, "");
        assertThat(said(status)).isEqualTo("Reconciling=True ProgressingWithRetry, Ready=False TokenNotFound");
        assertThat(handler.receive(request(Objects.requireNonNull(before.webhookPath()), "{}")))
                .isInstanceOf(WebhookHandler.Answer.Refused.class);
    }

    @Test
    void aReceiverWithoutASecretIsInvalid() throws Exception {
        assertThat(said(status("type: generic, resources: []", SECRET)))
                .isEqualTo("Stalled=True ValidationFailed, Ready=False ValidationFailed");
    }

    @Test
    void bothConditionsMustBeTrue() throws Exception {
        ReceiverStatus status = status(
                "type: generic, secretRef: {name: token}, resourceFilter: \"req.team == res.metadata.labels.team\","
                        + " resources: [{kind: ImageRepository, name: '*', matchLabels: {team: a},"
                        + " filter: \"req.image.endsWith(res.metadata.name)\"}]",
                SECRET + IMAGES);
        String path = Objects.requireNonNull(status.webhookPath());

        assertThat(woken(path, "{\"team\": \"a\", \"image\": \"acme/web\"}"))
                .containsExactly("ImageRepository/apps/web");
        assertThat(woken(path, "{\"team\": \"b\", \"image\": \"acme/web\"}")).isEmpty();
        assertThat(handler.receive(request(path, "{\"team\": \"a\"}")))
                .isInstanceOfSatisfying(WebhookHandler.Answer.Unusable.class, refused -> assertThat(refused.receiver())
                        .hasToString("Receiver/apps/hook"));
        assertThat(handler.receive(request(path, "[]"))).isInstanceOf(WebhookHandler.Answer.Unusable.class);
    }

    @Test
    void whatHasNoImageIsAskedToRun() throws Exception {
        ReceiverStatus status = status(
                "type: generic, secretRef: {name: token}, resources: [{kind: ImageUpdateAutomation, name: fleet},"
                        + " {kind: ResourceSet, name: apps}, {kind: Kustomization, name: other}]",
                SECRET + OTHERS);
        String path = Objects.requireNonNull(status.webhookPath());

        assertThat(woken(path, "{}")).containsExactly("ImageUpdateAutomation/apps/fleet", "ResourceSet/apps/apps");
        assertThat(woken(path, "{\"events\": [{\"action\": \"pull\", \"target\": {}}]}"))
                .isEmpty();
        assertThat(status.conditions().getFirst().message())
                .endsWith("; not woken here but by their own controllers: Kustomization");
    }

    @Test
    void aGitRepositoryWakesWhoWritesToIt() throws Exception {
        ReceiverStatus status = status(
                "type: generic, secretRef: {name: token}, resources: [{kind: GitRepository, name: fleet}]",
                SECRET + OTHERS);

        assertThat(woken(Objects.requireNonNull(status.webhookPath()), ""))
                .containsExactly("ImageUpdateAutomation/apps/fleet");
    }

    @Test
    void aKindThatDoesNotExistIsNamed() throws Exception {
        ReceiverStatus status =
                status("type: generic, secretRef: {name: token}, resources: [{kind: ImageRepositry, name: x}]", SECRET);

        assertThat(said(status)).isEqualTo("Stalled=True ValidationFailed, Ready=False ValidationFailed");
        assertThat(status.conditions().getFirst().message())
                .startsWith("spec.resources[0].kind 'ImageRepositry' is no kind that a Receiver can wake");
    }

    @Test
    void anObjectThatDoesNotExistFailsTheRequest() throws Exception {
        for (String kind :
                List.of("ImageUpdateAutomation", "ResourceSet", "ResourceSetInputProvider", "GitRepository")) {
            ReceiverStatus status = status(
                    "type: generic, secretRef: {name: token}, resources: [{kind: " + kind + ", name: x}]", SECRET);

            assertThat(handler.receive(request(Objects.requireNonNull(status.webhookPath()), "{}")))
                    .as(kind)
                    .isInstanceOf(WebhookHandler.Answer.Unusable.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generic | {}",
                "generic | {token: ''}",
                "generic-hmac | {token: ''}",
                "generic-hmac | {token: ' '}",
                "github | {token: ''}",
                "harbor | {token: \"\\n\"}",
                "gitlab | {token: \"\\t \\n\"}",
                "nexus | {token: ''}",
                "gcr | {token: t}",
                "gcr | {token: t, audience: a}",
                "gcr | {token: t, audience: a, email: ' '}",
                "gcr | {token: t, audience: '', email: e}"
            })
    void aSecretThatProvesNothingIsNamed(String type, String content) throws Exception {
        ReceiverStatus status =
                status("type: " + type + ", secretRef: {name: token}, resources: []", """
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: token, namespace: apps}, stringData: %s}
                """.formatted(content));

        assertThat(said(status)).isEqualTo("Reconciling=True ProgressingWithRetry, Ready=False TokenNotFound");
        assertThat(status.conditions().getFirst().message()).contains("in Secret 'apps/token'");
        assertThat(status.webhookPath()).isNull();
    }

    @Test
    void whereReferencesMayNotCrossAReceiverWakesItsOwnNamespaceOnly() throws Exception {
        String foreign = """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: theirs, namespace: team}
                spec: {image: ghcr.io/team/theirs, interval: 1m}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: crossing, namespace: apps}
                spec: {imageRepositoryRef: {name: theirs, namespace: team}, policy: {semver: {range: 1.x}}}
                """;
        WebhookHandler blocking = new WebhookHandler(hooks.receivers, hooks.cache, CrossNamespaceRefs.BLOCKED);
        String listing = "type: generic, secretRef: {name: token}, resources: [%s]";
        String path = path(listing.formatted("{kind: ImageRepository, name: theirs, namespace: team}"), foreign);
        assertThat(woken(handler, path, "{}")).containsExactly("ImageRepository/team/theirs");
        assertThat(blocking.receive(request(path, "{}")))
                .isInstanceOfSatisfying(WebhookHandler.Answer.Unusable.class, refused -> assertThat(refused.why())
                        .contains("can't access 'ImageRepository/team/theirs', "
                                + "cross-namespace references have been blocked"));

        path = path(
                listing.formatted(
                        "{kind: ImageRepository, name: web, namespace: apps}, {kind: ImagePolicy, name: crossing}"),
                foreign);
        assertThat(woken(handler, path, "{}")).contains("ImageRepository/apps/web", "ImageRepository/team/theirs");
        assertThat(woken(blocking, path, "{}")).containsExactly("ImageRepository/apps/web");
    }

    private String path(String spec, String others) throws Exception {
        return Objects.requireNonNull(status(spec, SECRET + IMAGES + others).webhookPath());
    }

    private List<String> woken(String path, String body) {
        return woken(handler, path, body);
    }

    private static List<String> woken(WebhookHandler handler, String path, String body) {
        return switch (handler.receive(request(path, body))) {
            case WebhookHandler.Answer.Accepted(List<RegistryNotified> notifications, Set<ResourceId> requests) ->
                Stream.concat(
                                notifications.stream().flatMap(n -> n.listed().stream()),
                                requests.stream().map(ResourceId::toString).sorted())
                        .toList();
            case WebhookHandler.Answer other -> throw new AssertionError(other);
        };
    }

    private static HookRequest request(String path, String body) {
        return new HookRequest(
                path,
                name -> name.equals("Content-Type") ? "application/json; charset=utf-8" : null,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
