package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.testkit.contract.Tomorrow.Changed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of bad record in {@code branch-state}: a dead letter or ignored, and everything else goes on. */
class BadRecordsTest {

    private static final byte[] STATE = EventCodec.encode(Envelope.first(
            new BranchState(Replica.BRANCH, null, Map.of(), null, null, null), "git-committer", MemoryLog.START));
    private static final byte[] SELECTION = EventCodec.encode(MemoryLog.selection("web", "v9", 9));
    private static final String OWN = Replica.BRANCH.text();

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("a tombstone", OWN, null, false),
                Arguments.of("a tombstone that names no branch", "garbage", null, false),
                Arguments.of("a key that names no branch", "garbage", STATE, true),
                Arguments.of("a key of another branch", "git.example/org/fleet#other", STATE, true),
                Arguments.of("another type", OWN, SELECTION, true),
                Arguments.of("garbage", OWN, new byte[] {1, 2, 3}, true),
                Arguments.of("an empty value", OWN, new byte[0], true),
                Arguments.of("a type that nobody knows", OWN, json("{\"type\":\"dev.tidemark.x.v1\"}"), true),
                Arguments.of("no key", null, STATE, true),
                Arguments.of("no key and no value", null, null, true));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void isADeadLetterOrIgnored(String what, @Nullable String key, byte @Nullable [] value, boolean deadLetter) {
        goesOn(key == null ? 0 : Partitioning.partition(Topic.BRANCH_STATE, key, Committers.PARTITIONS), key, value);
        assertThat(deadLetters > 0).as(what).isEqualTo(deadLetter);
    }

    @ParameterizedTest(name = "{0} in a partition that is not its own")
    @MethodSource("records")
    void inAWrongPartitionItIsADeadLetter(String what, @Nullable String key, byte @Nullable [] value, boolean unused) {
        int own = key == null ? 0 : Partitioning.partition(Topic.BRANCH_STATE, key, Committers.PARTITIONS);
        goesOn((own + 1) % Committers.PARTITIONS, key, value);
        assertThat(deadLetters).as(what).isPositive();
    }

    static Stream<Changed> tomorrow() {
        return Tomorrow.of(Topic.BRANCH_STATE.topicName()).stream();
    }

    /** A newer committer has written it, and may be the branch's owner again: what it put there is not lost. */
    @ParameterizedTest
    @MethodSource("tomorrow")
    void whatIsOfTomorrowIsNoDeadLetterAndIsWrittenAlong(Changed changed) {
        String text = changed.text().replace("git.example/org/fleet#staging-image-updates", OWN);
        goesOn(Partitioning.partition(Topic.BRANCH_STATE, OWN, Committers.PARTITIONS), OWN, json(text));
        assertThat(deadLetters).isZero();
        assertThat(lastState.contains("ofTomorrow")).isEqualTo(changed.what() == Tomorrow.What.MEMBERS);
    }

    private String lastState = "";
    private int deadLetters;

    private void goesOn(int partition, @Nullable String key, byte @Nullable [] value) {
        Committers committers =
                new Committers(11, Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web")));
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
        Committers.Member a = committers.start("a");
        committers.select("web", "v1", 1);
        committers.world.settle();

        committers.append(partition, key, value);
        committers.select("web", "v2", 2);
        committers.world.pass(Duration.ofSeconds(5));

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
        assertThat(a.controller.problem()).isEmpty();
        a.controller.close();
        committers.processes.remove(a);
        Committers.Member restarted = committers.start("b");
        committers.world.pass(Duration.ofSeconds(5));
        committers.select("web", "v3", 3);
        committers.world.pass(Duration.ofSeconds(5));

        assertThat(restarted.controller.problem()).isEmpty();
        assertThat(committers.remote.messages(REF)).containsExactly("v3 ", "v2 ", "v1 ", "somebody");
        deadLetters = committers.deadLetters.size();
        lastState = committers.lastState();
        committers.world.end();
    }
}
