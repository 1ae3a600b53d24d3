package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.alert.Told;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.SteppedClock;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.testkit.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an event to a receiver that listens. */
class AlertDeliveryIT {

    private static final String ALL = "providerRef: {name: chat},"
            + " eventSources: [{kind: ImageUpdateAutomation, name: '*', matchLabels: {team: a}}]";

    /** More than waited at most when there was a bound by number. */
    private static final int BURST = 1_500;

    private final Receiver receiver = new Receiver();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SteppedClock clock = new SteppedClock(Told.NOW);
    private final MapSecrets secrets = new MapSecrets();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Heard heard = new Heard();
    private final List<String> counted = heard.counted();
    private final List<Resource<?>> declared = new CopyOnWriteArrayList<>();
    private @Nullable ResourceCache read;
    private AlertDelivery delivery;

    private final EventRecorder recorder =
            (resource, type, reason, message) -> events.add(resource.id() + " " + type + ' ' + reason + ": " + message);

    @BeforeEach
    void start() {
        delivery = new AlertDelivery(
                new AlertDelivery.Ports(recorder, this::feed, secrets, heard),
                CrossNamespaceRefs.ALLOWED,
                clock,
                "pod-0",
                threads);
    }

    private Registration feed(ResourceCache cache) {
        read = cache;
        declared.forEach(cache::upsert);
        cache.completed(id -> true);
        return () -> {};
    }

    @AfterEach
    void end() {
        delivery.close();
        threads.close();
        receiver.close();
    }

    private void declare(String alert, String provider) {
        declared.add(Told.alert(alert));
        declared.add(Told.resource(Kinds.PROVIDER, "name: chat, namespace: apps, uid: u-1", provider));
        delivery.start();
    }

    private void record(EventRecorder.Type type, String message) {
        delivery.record(Told.automation(), type, "Succeeded", message, Map.of("commit", Told.COMMIT));
    }

    @Test
    void whatHappensIsTold() throws IOException {
        secrets.with("chat", Map.of("address", receiver.address() + "/hook", "headers", "X-Team: web"));
        declare(ALL, "type: generic, secretRef: {name: chat}");

        record(EventRecorder.Type.NORMAL, "pushed");

        await().until(() -> counted.contains("generic DELIVERED"));
        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/hook");
            assertThat(request.team()).isEqualTo("web");
        });
        JsonNode told = FluxJson.json().readTree(receiver.requests().getFirst().body());
        assertThat(told.path("message").asText()).isEqualTo("pushed");
        assertThat(told.path("metadata").path("commit").asText()).isEqualTo(Told.COMMIT);
        assertThat(told.path("reportingInstance").asText()).isEqualTo("pod-0");
        assertThat(events).containsExactly("ImageUpdateAutomation/apps/fleet NORMAL Succeeded: pushed");
    }

    @Test
    void theSameIsToldOnceInAWhile() {
        declare(ALL, "type: generic, address: '" + receiver.address() + "'");

        record(EventRecorder.Type.NORMAL, "pushed");
        record(EventRecorder.Type.NORMAL, "pushed");
        record(EventRecorder.Type.WARNING, "failed");
        await().until(() -> counted.size() == 2);
        clock.advance(Duration.ofMinutes(5));
        record(EventRecorder.Type.NORMAL, "pushed");

        await().until(() -> counted.size() == 3);
        assertThat(receiver.requests())
                .extracting(request ->
                        FluxJson.json().readTree(request.body()).path("message").asText())
                .containsExactly("pushed", "failed", "pushed");
        assertThat(events).as("all are recorded").hasSize(4);
    }

    /** Said once, of the Alert; and no word of it shows the token, though the server repeats it. */
    @Test
    void aRefusalIsSaidOnceWithoutTheToken() {
        secrets.with("chat", Map.of("token", "xoxb-top-secret-1", "address", receiver.address() + "/hook/also-secret"));
        receiver.always(403, "{\"error\": \"token xoxb-top-secret-1 may not post to /hook/also-secret\"}");
        declare(ALL, "type: slack, channel: ops, secretRef: {name: chat}");

        record(EventRecorder.Type.NORMAL, "one");
        await().until(() -> counted.equals(List.of("slack FAILED")));
        record(EventRecorder.Type.NORMAL, "two");
        await().until(() -> counted.equals(List.of("slack FAILED", "slack FAILED")));

        assertThat(receiver.requests())
                .extracting(Receiver.Request::authorization)
                .containsExactly("Bearer xoxb-top-secret-1", "Bearer xoxb-top-secret-1");
        List<String> ofTheAlert =
                events.stream().filter(event -> event.startsWith("Alert/")).toList();
        assertThat(ofTheAlert)
                .singleElement()
                .asString()
                .startsWith("Alert/apps/on-call WARNING NotificationDispatchFailed: Provider apps/chat: 127.0.0.1:")
                .contains("answers 403", "(first for ImageUpdateAutomation/apps/fleet)")
                .doesNotContain("top-secret", "also-secret");

        receiver.always(200, "ok");
        record(EventRecorder.Type.NORMAL, "three");
        await().until(() -> counted.contains("slack DELIVERED"));
        receiver.always(403, "{\"error\": \"token xoxb-top-secret-1 may not post to /hook/also-secret\"}");
        record(EventRecorder.Type.NORMAL, "four");
        await().until(() ->
                events.stream().filter(event -> event.startsWith("Alert/")).count() == 2);
    }

    @Test
    void whatNobodyCanServeIsSaid() {
        declare(ALL, "type: pagerduty, address: 'https://pager.example'");
        record(EventRecorder.Type.NORMAL, "pushed");

        await().until(() -> counted.equals(List.of("other FAILED")));
        assertThat(events.getLast())
                .startsWith("Alert/apps/on-call WARNING InvalidConfig: Provider apps/chat: the type"
                        + " 'pagerduty' is not served: use one of generic,");
    }

    @Test
    void anAlertWithoutItsProviderSaysSo() {
        declared.add(Told.alert(ALL));
        delivery.start();
        record(EventRecorder.Type.NORMAL, "pushed");

        await().until(() -> counted.equals(List.of("other FAILED")));
        assertThat(events.getLast())
                .contains("InvalidConfig", "there is no Provider 'apps/chat': make it, or name another in");
    }

    /** Its Provider hangs while more events wait; then somebody takes the Alert away. */
    @Test
    void ofAnAlertThatIsGoneNothingMoreIsToldOrSaid() throws InterruptedException {
        receiver.always(403, "no");
        receiver.hold();
        declare(ALL, "type: generic, address: '" + receiver.address() + "'");
        record(EventRecorder.Type.NORMAL, "one");
        record(EventRecorder.Type.NORMAL, "two");
        await().until(() -> receiver.requests().size() == 1);

        Objects.requireNonNull(read).delete(Told.alert(ALL).id());
        receiver.release();
        // for another Alert of the same Provider, so behind what waited
        read.upsert(Told.resource(Kinds.ALERT, "name: other, namespace: apps", ALL));
        record(EventRecorder.Type.NORMAL, "three");

        await().until(() -> counted.size() == 2);
        assertThat(receiver.requests()).extracting(AlertDeliveryIT::message).containsExactly("one", "three");
        assertThat(heard.failed()).extracting(failed -> failed.alert().name()).containsExactly("other");
        assertThat(events).noneMatch(event -> event.startsWith("Alert/apps/on-call"));
        assertThat(delivery.failing())
                .extracting(failed -> failed.alert().name())
                .containsExactly("other");
    }

    @Test
    void whatTheAlertSaysByThenCounts() {
        receiver.hold();
        declare(ALL, "type: generic, address: '" + receiver.address() + "'");
        record(EventRecorder.Type.NORMAL, "one");
        record(EventRecorder.Type.NORMAL, "two");
        await().until(() -> receiver.requests().size() == 1);

        Objects.requireNonNull(read).upsert(Told.alert(ALL + ", suspend: true"));
        receiver.release();
        read.upsert(Told.resource(Kinds.ALERT, "name: other, namespace: apps", ALL));
        record(EventRecorder.Type.NORMAL, "three");

        await().until(() -> counted.size() == 2);
        assertThat(receiver.requests()).extracting(AlertDeliveryIT::message).containsExactly("one", "three");
    }

    /** More than a thousand at once, as after a start, while one receiver hangs and another answers. */
    @Test
    void aBurstIsToldWhole() {
        receiver.hold();
        try (Receiver healthy = new Receiver()) {
            declared.add(Told.resource(Kinds.ALERT, "name: other, namespace: apps", ALL));
            declared.add(Told.resource(
                    Kinds.PROVIDER,
                    "name: pager, namespace: apps",
                    "type: generic, address: '" + healthy.address() + "'"));
            declare(ALL.replace("chat", "pager"), "type: generic, address: '" + receiver.address() + "'");
            for (int i = 0; i < BURST; i++) {
                record(EventRecorder.Type.NORMAL, "pushed " + i);
            }

            await().until(() -> healthy.requests().size() == BURST);
            assertThat(counted).doesNotContain("generic LOST", "overflow");
            assertThat(healthy.requests().getLast())
                    .extracting(AlertDeliveryIT::message)
                    .isEqualTo("pushed 1499");
        }
    }

    /** As {@code status} shows it, from the first event that was not told until one is, or somebody changes something. */
    @Test
    void anAlertFailsUntilItIsServed() {
        receiver.always(403, "no");
        declare(ALL, "type: generic, address: '" + receiver.address() + "'");
        record(EventRecorder.Type.NORMAL, "one");
        await().until(() -> counted.size() == 1);
        clock.advance(Duration.ofMinutes(2));
        record(EventRecorder.Type.NORMAL, "two");
        await().until(() -> counted.size() == 2);

        assertThat(delivery.failing()).singleElement().satisfies(failed -> {
            assertThat(failed.since()).isEqualTo(Told.NOW);
            assertThat(failed.times()).isEqualTo(2);
            assertThat(failed.message()).endsWith("answers 403: no");
        });
        receiver.always(200, "ok");
        record(EventRecorder.Type.NORMAL, "three");
        await().until(() -> !heard.ended().isEmpty());
        assertThat(delivery.failing()).isEmpty();

        receiver.always(403, "no");
        record(EventRecorder.Type.NORMAL, "four");
        await().until(() -> heard.failed().size() == 2);
        Objects.requireNonNull(read)
                .upsert(Told.resource(
                        Kinds.PROVIDER, "name: chat, namespace: apps", "type: generic, address: 'http://mended'"));
        assertThat(delivery.failing()).isEmpty();
    }

    /** A commit's status is of a commit: what names none is no failure of anybody's. */
    @Test
    void ofCommitsOnlyWhatNamesOneIsTold() {
        secrets.with("chat", Map.of("token", "t"));
        receiver.always(200, "[]");
        declare(ALL, "type: gitlab, address: '" + receiver.address() + "/o/fleet', secretRef: {name: chat}");

        delivery.record(Told.automation(), EventRecorder.Type.WARNING, "GitOperationFailed", "no answer");
        record(EventRecorder.Type.NORMAL, "pushed");

        await().until(() -> counted.equals(List.of("gitlab DELIVERED")));
        assertThat(receiver.requests())
                .extracting(Receiver.Request::path)
                .containsExactly(
                        "/api/v4/projects/o%2Ffleet/repository/commits/" + Told.COMMIT
                                + "/statuses?name=imageupdateautomation%2Ffleet%2Fu",
                        "/api/v4/projects/o%2Ffleet/statuses/" + Told.COMMIT);
    }

    /** One token serves until GitHub does not take it any more. */
    @Test
    void theTokenThatAnAppIsGivenSetsStatuses(@TempDir Path folder) throws Exception {
        String key = TestKeys.rsa(folder, "app").pkcs1Pem();
        secrets.with(
                "chat",
                Map.of(
                        "githubAppID",
                        "7",
                        "githubAppInstallationID",
                        "8",
                        "githubAppPrivateKey",
                        key,
                        "githubAppBaseURL",
                        receiver.address()));
        String tokens = "/api/v3/app/installations/8/access_tokens";
        receiver.at(tokens, 201, "{\"token\": \"ghs_one\"}");
        receiver.always(200, "[]");
        declare(ALL, "type: github, address: '" + receiver.address() + "/o/fleet', secretRef: {name: chat}");

        record(EventRecorder.Type.NORMAL, "one");
        await().until(() -> counted.equals(List.of("github DELIVERED")));
        record(EventRecorder.Type.NORMAL, "two");
        await().until(() -> counted.size() == 2);
        receiver.always(401, "ghs_one is over");
        record(EventRecorder.Type.NORMAL, "three");
        await().until(() -> counted.contains("github FAILED"));
        receiver.always(200, "[]");
        receiver.at(tokens, 201, "{\"token\": \"ghs_two\"}");
        record(EventRecorder.Type.NORMAL, "four");
        await().until(() -> counted.size() == 4);

        assertThat(receiver.requests())
                .extracting(request ->
                        request.path().equals(tokens) ? "a token" : request.authorization() + ' ' + status(request))
                .containsExactly(
                        "a token",
                        "Bearer ghs_one known",
                        "Bearer ghs_one set",
                        "Bearer ghs_one known",
                        "Bearer ghs_one set",
                        "Bearer ghs_one known",
                        "a token",
                        "Bearer ghs_two known",
                        "Bearer ghs_two set");
        assertThat(events).anyMatch(event -> event.contains("401")).noneMatch(event -> event.contains("ghs_"));
    }

    private static String message(Receiver.Request request) {
        try {
            return FluxJson.json().readTree(request.body()).path("message").asText();
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static String status(Receiver.Request request) {
        return request.body().isEmpty() ? "known" : "set";
    }
}
