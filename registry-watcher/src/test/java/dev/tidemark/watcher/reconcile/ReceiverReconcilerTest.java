package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Topic;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.hook.WebhookHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers are read one by one, when they or their Secrets change. */
class ReceiverReconcilerTest {

    private static final int MANY = 1_000;

    private final World world = new World(4);
    private final TestResources declared = new TestResources();
    private final TestStatuses statuses = new TestStatuses();
    private final SimulatedWatcher watcher = new SimulatedWatcher(
            "one",
            world,
            new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1),
            1,
            new SharedLog(world, 1),
            new SimulatedRegistry(world),
            100,
            declared,
            statuses);
    private final WebhookHandler handler =
            new WebhookHandler(watcher.receivers(), watcher.resources(), CrossNamespaceRefs.ALLOWED);

    @AfterEach
    void end() {
        world.end();
    }

    private void begin(int receivers) {
        watcher.start();
        for (int i = 0; i < receivers; i++) {
            declared.declare(secret(i, "token-" + i));
            declared.declare(receiver(i, ""));
        }
        settle();
        forget();
    }

    private void forget() {
        declared.forgetRead();
        watcher.resources().reset();
        statuses.forgetEffects();
    }

    private void settle() {
        world.pass(Duration.ofSeconds(5));
    }

    private static Resource<ReceiverSpec> receiver(int number, String more) {
        return TestResources.resource(
                        "{apiVersion: notification.toolkit.fluxcd.io/v1, kind: Receiver, metadata: {name: h" + number
                                + ", namespace: apps}, spec: {type: generic, secretRef: {name: s" + number
                                + "}, resources: []" + more + "}}")
                .as(Kinds.RECEIVER)
                .orElseThrow();
    }

    private static Resource<?> secret(int number, String token) {
        return TestResources.resource("{apiVersion: v1, kind: Secret, metadata: {name: s" + number
                + ", namespace: apps}, stringData: {token: " + token + "}}");
    }

    private String path(int number) {
        ReceiverStatus status =
                statuses.find(receiver(number, "").id(), ReceiverStatus.class).orElseThrow();
        return Objects.requireNonNull(status.webhookPath());
    }

    private Optional<WebhookHandler.Answer> refusal(String path) {
        return handler.refusal(path);
    }

    @Test
    void aChangeOfOneReadsThatOneHoweverManyThereAre() {
        begin(MANY);

        declared.declare(secret(7, "another"));
        settle();
        assertThat(declared.read()).containsExactly("apps/s7");
        assertThat(statuses.effects()).containsExactly("one writes Receiver/apps/h7");
        assertThat(watcher.resources().asked()).isLessThan(10);
        forget();

        declared.declare(receiver(8, ", suspend: true"));
        settle();
        assertThat(refusal(path(8)))
                .contains(new WebhookHandler.Answer.Closed(receiver(8, "").id(), "it is suspended"));
        assertThat(declared.read()).containsExactly("apps/s8");
        assertThat(watcher.resources().asked()).isLessThan(10);
        forget();

        declared.delete(receiver(9, "").id());
        settle();
        assertThat(declared.read()).isEmpty();
        assertThat(statuses.effects()).containsExactly("one removes Receiver/apps/h9");
        assertThat(watcher.resources().asked()).isLessThan(10);
    }

    @Test
    void anotherVersionOfTheSameIsNotRead() {
        begin(3);
        Resource<ReceiverSpec> same = receiver(1, "");
        Metadata now = same.metadata();
        declared.declare(new Resource<>(
                same.kind(),
                new Metadata(
                        now.namespace(), now.name(), now.labels(), now.annotations(), now.uid(), now.generation(), "2"),
                same.spec()));
        settle();
        assertThat(declared.read()).isEmpty();
        assertThat(statuses.effects()).isEmpty();
    }

    @Test
    void itsPathFollowsItsTokenAndStaysWhenThatIsLost() {
        begin(2);
        String before = path(1);
        assertThat(refusal(before)).as("served").isEmpty();
        declared.declare(secret(1, "another"));
        settle();
        String after = path(1);
        assertThat(refusal(after)).isEmpty();
        assertThat(refusal(before)).contains(new WebhookHandler.Answer.Unknown());

        declared.delete(secret(1, "another").id());
        settle();
        assertThat(refusal(after)).as("it works no more").containsInstanceOf(WebhookHandler.Answer.Refused.class);
        assertThat(refusal(path(0))).isEmpty();

        declared.delete(receiver(1, "").id());
        settle();
        assertThat(refusal(after)).contains(new WebhookHandler.Answer.Unknown());
        assertThat(statuses.find(new ResourceId("Receiver", "apps", "h1"), ReceiverStatus.class))
                .isEmpty();
    }

    /** Nobody is told that there is no such path before all are known. */
    @Test
    void aSecretThatCannotBeReadCostsItsReceiverOnly() {
        declared.setUnreadable("apps/s1");
        begin(2);
        assertThat(refusal(path(0))).isEmpty();
        assertThat(refusal("/hook/unknown")).containsInstanceOf(WebhookHandler.Answer.Closed.class);
        declared.setUnreadable("");
        world.pass(Duration.ofMinutes(1));
        assertThat(refusal(path(1))).isEmpty();
        assertThat(refusal("/hook/unknown")).contains(new WebhookHandler.Answer.Unknown());
    }

    @Test
    void twoWithTheSamePathAreServedUntilTheLastIsGone() {
        watcher.start();
        declared.declare("""
                {apiVersion: v1, kind: Secret, metadata: {name: t, namespace: bc}, stringData: {token: t}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: t, namespace: c}, stringData: {token: t}}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: a, namespace: bc}
                spec: {type: generic, secretRef: {name: t}, resources: []}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: ab, namespace: c}
                spec: {type: generic, secretRef: {name: t}, resources: []}
                """);
        settle();
        ResourceId one = new ResourceId("Receiver", "bc", "a");
        ResourceId other = new ResourceId("Receiver", "c", "ab");
        String path = Objects.requireNonNull(
                statuses.find(one, ReceiverStatus.class).orElseThrow().webhookPath());
        for (ResourceId next : List.of(one, other)) {
            assertThat(refusal(path)).isEmpty();
            declared.delete(next);
            settle();
        }
        assertThat(refusal(path)).contains(new WebhookHandler.Answer.Unknown());
    }
}
