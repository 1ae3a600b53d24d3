package dev.tidemark.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.Shadow;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusPublisherTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), 0, new Random(1));

    private final World world = new World(3);
    private final World.Replica process = world.replica("replica");
    private final TestStore store = new TestStore();
    private final TestOwner owner = new TestOwner();
    private final List<String> told = new ArrayList<>();
    private final StatusPublisher publisher = new StatusPublisher(
            store, (resource, type, reason, message) -> told.add(type + " " + message), BACKOFF, process);
    private final Resource<?> object = object("uid-1");

    @AfterEach
    void end() {
        world.end();
    }

    @Test
    void whoeverPublishesDoesNotWait() {
        CompletableFuture<Void> written = say("ready");

        assertThat(store.writes).isEmpty();
        assertThat(written).isNotDone();
        assertThat(messages()).as("whoever reads sees it already").containsExactly("ready");

        world.settle();
        assertThat(store.writes).containsExactly("ready");
        assertThat(written).isCompleted();
        assertThat(told).containsExactly("NORMAL ready");
    }

    @Test
    void whatIsSaidMeanwhileIsOneWrite() {
        later(say("one"));
        later(say("two"));
        CompletableFuture<Void> written = say("three");
        world.settle();

        assertThat(store.writes).containsExactly("three");
        assertThat(written).isCompleted();
    }

    @Test
    void eachRuleSeesWhatTheOneBeforeLeft() {
        later(publisher.publish(object, ReceiverStatus.class, owner, before -> status("one", "/hook/1")));
        later(publisher.publish(
                object,
                ReceiverStatus.class,
                owner,
                before -> status("two", before.map(ReceiverStatus::webhookPath).orElse(""))));
        world.settle();

        assertThat(store.live(object.id()).orElseThrow().webhookPath()).isEqualTo("/hook/1");
    }

    @Test
    void whatIsSaidDuringAWriteIsWrittenOnceAndAfterIt() {
        store.during = () -> later(publisher.publish(
                object,
                ReceiverStatus.class,
                owner,
                before -> status("two", before.map(ReceiverStatus::webhookPath).orElse("") + "+2")));
        later(publisher.publish(
                object,
                ReceiverStatus.class,
                owner,
                before -> status("one", before.map(ReceiverStatus::webhookPath).orElse("") + "+1")));
        world.settle();

        assertThat(store.writes).containsExactly("one", "two");
        assertThat(store.live(object.id()).orElseThrow().webhookPath()).isEqualTo("+1+2");
    }

    @Test
    void aStoreThatFailsIsTriedAgainAndNothingIsLost() {
        store.fails = 2;
        CompletableFuture<Void> written = say("one");
        world.settle();
        later(say("two"));
        world.pass(Duration.ofSeconds(10));

        assertThat(store.writes).containsExactly("two");
        assertThat(written).isCompleted();
    }

    @Test
    void afterAConflictTheGroupIsAskedAndTheRuleIsAppliedToTheLiveStatus() {
        store.put(object.id(), status("other", "/hook/theirs"));
        store.conflicts = 1;
        later(publisher.publish(
                object,
                ReceiverStatus.class,
                owner,
                before -> status("mine", before.map(ReceiverStatus::webhookPath).orElse(""))));
        world.settle();

        assertThat(owner.proofs).isEqualTo(1);
        assertThat(store.live(object.id()).orElseThrow().webhookPath()).isEqualTo("/hook/theirs");
        assertThat(store.writes).containsExactly("mine");
    }

    @Test
    void whoeverLostTheResourceDoesNotWriteOverItsNewOwner() {
        store.conflicts = 1;
        owner.lose();
        CompletableFuture<Void> written = say("mine");
        world.settle();

        assertThat(store.writes).isEmpty();
        assertThat(written).isCompleted();
    }

    @Test
    void whoeverDoesNotOwnTheResourceWritesNothing() {
        owner.known = false;
        CompletableFuture<Void> written = say("mine");
        world.settle();

        assertThat(store.reads).isZero();
        assertThat(written).isCompleted();
    }

    @Test
    void whatIsGoneNeedsNoStatus() {
        store.gone = true;
        CompletableFuture<Void> written = say("mine");
        world.settle();

        assertThat(written).isCompleted();
        assertThat(told).isEmpty();
    }

    @Test
    void aRemovalTakesThePlaceOfWhatWasSaidBefore() {
        later(say("one"));
        CompletableFuture<Void> removed = publisher.remove(object.id(), owner);
        assertThat(publisher.read(object.id(), ReceiverStatus.class)).isEmpty();
        world.settle();

        assertThat(store.writes).isEmpty();
        assertThat(store.removed).containsExactly(object.id());
        assertThat(removed).isCompleted();
    }

    @Test
    void aReplicaThatWasPausedRemovesNothing() {
        owner.lose();
        CompletableFuture<Void> removed = publisher.remove(object.id(), owner);
        world.settle();

        assertThat(store.removed).isEmpty();
        assertThat(removed).isCompleted();
    }

    @Test
    void aProofThatIsOnlyLateIsAskedForAgain() {
        owner.proven = false;
        CompletableFuture<Void> removed = publisher.remove(object.id(), owner);
        world.settle();
        assertThat(store.removed).isEmpty();
        assertThat(removed).isNotDone();

        owner.proven = true;
        world.pass(Duration.ofSeconds(2));
        assertThat(store.removed).containsExactly(object.id());
        assertThat(removed).isCompleted();
    }

    @Test
    void anObjectThatWasDeclaredAnewBeginsWithoutAStatus() {
        store.put(object.id(), status("of the one before", "/hook/before"));
        Resource<?> anew = object("uid-2");
        later(publisher.publish(
                anew,
                ReceiverStatus.class,
                owner,
                before -> status("new", before.map(ReceiverStatus::webhookPath).orElse("none"))));
        world.settle();

        assertThat(store.live(anew.id()).orElseThrow().webhookPath()).isEqualTo("none");
    }

    @Test
    void ofAnObjectThatSomebodyElseWorksOnNothingIsWritten() {
        store.put(object.id(), status("of the other", "/hook/other"));
        Resource<?> shadow = object("uid-1", Map.of(Shadow.ANNOTATION, "notification-controller"));
        CompletableFuture<Void> written =
                publisher.publish(shadow, ReceiverStatus.class, owner, before -> status("ours", "/hook"));
        world.settle();

        assertThat(store.writes).isEmpty();
        assertThat(told).isEmpty();
        assertThat(written).as("nobody waits for what is not written").isCompleted();

        later(say("taken over"));
        world.settle();
        assertThat(store.writes).containsExactly("taken over");
    }

    /** The other controller often comes later, and then nobody here has something new to say. */
    @Test
    void whatDiffersIsComparedAgainUntilItAgrees() {
        Resource<?> shadow = object("uid-1", Map.of(Shadow.ANNOTATION, "notification-controller"));
        later(publisher.publish(shadow, ReceiverStatus.class, owner, before -> status("ours", "/hook")));
        world.settle();
        int before = store.reads;
        world.pass(StatusPublisher.COMPARED_AGAIN.multipliedBy(3));
        assertThat(store.reads).isEqualTo(before + 3);

        store.put(object.id(), status("of the other", "/hook/other"));
        world.pass(StatusPublisher.COMPARED_AGAIN);
        int agreed = store.reads;
        world.pass(Duration.ofHours(1));
        assertThat(store.reads).as("nothing is asked where both agree").isEqualTo(agreed);
        assertThat(store.writes).isEmpty();
    }

    @Test
    void whileTheStoreIsAwayTheNewestOutcomesWait() {
        store.fails = Integer.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) {
            later(say("outcome " + i));
        }
        world.pass(Duration.ofSeconds(10));
        assertThat(messages()).containsExactly("outcome 999");

        store.fails = 0;
        world.pass(Duration.ofSeconds(10));
        assertThat(store.writes).containsExactly("outcome 999");
    }

    @Test
    void whatNobodyWaitsForIsHeldBackForMore() {
        store.pause = Duration.ofSeconds(2);
        store.put(object.id(), status("as before", "/hook"));
        later(say("one"));
        world.pass(Duration.ofMillis(1_500));
        CompletableFuture<Void> written = say("two");
        world.settle();
        assertThat(store.writes).isEmpty();
        assertThat(messages()).as("whoever reads sees it already").containsExactly("two");

        world.pass(Duration.ofMillis(500));
        assertThat(store.writes).as("two seconds after the first was said").containsExactly("two");
        assertThat(written).isCompleted();
        assertThat(told).containsExactly("NORMAL two");
    }

    @Test
    void whatIsSaidDuringAWriteIsHeldBackAnew() {
        store.pause = Duration.ofSeconds(2);
        store.put(object.id(), status("as before", "/hook"));
        store.during = () -> later(say("two"));
        later(say("one"));
        world.pass(Duration.ofMillis(3_500));
        assertThat(store.writes).containsExactly("one");

        world.pass(Duration.ofMillis(500));
        assertThat(store.writes).containsExactly("one", "two");
    }

    @Test
    void whatSomebodyWaitsForIsWrittenAtOnceWithWhatWasHeldBack() {
        store.pause = Duration.ofSeconds(2);
        store.put(object.id(), status("as before", "/hook"));
        later(say("one"));
        later(publisher.publish(
                object,
                ReceiverStatus.class,
                owner,
                before -> new ReceiverStatus(before.orElseThrow().conditions(), "/hook", 1, "asked for")));
        world.settle();

        assertThat(store.writes).containsExactly("one");
        assertThat(store.live(object.id()).orElseThrow().lastHandledReconcileAt())
                .isEqualTo("asked for");
    }

    private CompletableFuture<Void> say(String message) {
        return publisher.publish(object, ReceiverStatus.class, owner, before -> status(message, "/hook"));
    }

    /** Nobody waits for it. */
    private static void later(CompletableFuture<Void> written) {
        assertThat(written).isNotNull();
    }

    private List<String> messages() {
        return publisher.read(object, ReceiverStatus.class).stream()
                .flatMap(status -> status.conditions().stream())
                .map(Condition::message)
                .toList();
    }

    private static ReceiverStatus status(String message, String path) {
        Condition ready = new Condition("Ready", "True", "Succeeded", message, 1, Instant.EPOCH);
        return new ReceiverStatus(List.of(ready), path, 1, null);
    }

    private static Resource<?> object(String uid) {
        return object(uid, Map.of());
    }

    private static Resource<?> object(String uid, Map<String, String> annotations) {
        return new Resource<>(
                Kinds.NAMESPACE, new Metadata("apps", "r", Map.of(), annotations, uid, 1, "1"), new NamespaceContent());
    }
}
