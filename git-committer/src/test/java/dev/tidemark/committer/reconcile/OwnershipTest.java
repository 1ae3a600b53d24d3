package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.events.Committed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that lose and get back their branches, are frozen, woken and killed. */
class OwnershipTest {

    private static final int STAGING = Committers.partition("staging");

    private static Committers committers(long seed) {
        Committers committers =
                new Committers(seed, Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web")));
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
        return committers;
    }

    /**
     * Two rebalances close together, R1 T1 R2 T2, while the work of the first still waits: each assignment is an epoch of
     * its own, so work of the first cannot stand for the second's. Where one set says which partitions are awaited, the
     * first take-over finds the second assignment in it and takes it out; the second finds nothing to take over, what was
     * opened is closed by the revocation between them, and nobody writes the branch while everything looks ready.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void twoRebalancesCloseTogetherLeaveEveryBranchWithItsWriter(long seed) {
        Committers committers = committers(seed);
        Committers.Member a = committers.start("a");
        Committers.Member b = committers.start("b");
        committers.world.pass(Duration.ofSeconds(30));
        committers.select("web", "v1", 1);
        for (int round = 0; round < 3; round++) {
            committers.group.rebalance(members -> 0);
            for (int step = 0; step < seed % 7; step++) {
                committers.world.step();
            }
            committers.group.rebalance(members -> members - 1);
            for (int step = 0; step < seed % 5; step++) {
                committers.world.step();
            }
        }
        committers.world.pass(Duration.ofSeconds(30));

        Committers.Member owner = committers.group.isOwner(a.replica, STAGING) ? a : b;
        assertThat(List.of(a, b))
                .allSatisfy(process -> assertThat(process.controller.problem()).isEmpty());
        assertThat(owner.runtime().shard(STAGING)).isPresent();
        assertThat(owner.runtime().shard(STAGING).orElseThrow().find(Replica.BRANCH))
                .isPresent();
        committers.select("web", "v2", 2);
        committers.world.settle();
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
        assertThat(committers.remote.messages(REF)).containsExactly("v2 ", "v1 ", "somebody");
        committers.world.end();
    }

    /** SIGSTOP while a commit is built; the group gives the branch away; SIGCONT. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aFrozenWriterThatWakesPushesNothing(long seed) {
        Committers committers = committers(seed);
        Committers.Member a = committers.start("a");
        committers.world.settle();
        int[] attempts = {0};
        a.clones.getFirst().beforePush = () -> attempts[0]++;
        committers.remote.commit(REF, Map.of(FILE, file("web", "v0"), "theirs.yaml", "a: b\n"));
        committers.remote.fetched = () -> a.replica.freeze();
        committers.select("web", "v1", 1);
        committers.world.settle();
        assertThat(a.replica.isFrozen()).as("refused once, it fetches").isTrue();
        assertThat(attempts[0]).isEqualTo(1);
        committers.remote.fetched = () -> {};

        Committers.Member b = committers.start("b");
        committers.group.expel(a.replica);
        committers.select("web", "v2", 2);
        committers.world.pass(Duration.ofSeconds(5));
        assertThat(committers.remote.messages(REF)).containsExactly("v2 ", "somebody");
        int told = committers.log.published.size();
        a.replica.thaw();
        committers.world.pass(Duration.ofSeconds(1));

        assertThat(attempts[0]).as("pushes by the writer that was frozen").isEqualTo(1);
        assertThat(committers.log.published).hasSize(told);
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
        assertThat(committers.log.events(Committed.class)).hasSize(1);
        committers.world.pass(Duration.ofMinutes(1));
        committers.select("web", "v3", 3);
        committers.world.pass(Duration.ofMinutes(1));
        assertThat(committers.remote.messages(REF)).containsExactly("v3 ", "v2 ", "somebody");
        assertThat(b.controller.isReady()).isTrue();
        committers.world.end();
    }

    /** What a killed process had begun, the next one finishes; what it had pushed, the next one finds. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25})
    void aKilledWriterIsFollowedByAnotherWithoutASecondCommit(int steps) {
        Committers committers = committers(steps + 1);
        Committers.Member a = committers.start("a");
        committers.world.settle();
        committers.select("web", "v1", 1);
        for (int step = 0; step < steps; step++) {
            committers.world.step();
        }
        a.replica.kill();
        committers.group.expel(a.replica);

        committers.start("b");
        committers.world.pass(Duration.ofMinutes(1));

        assertThat(committers.remote.messages(REF)).containsExactly("v1 ", "somebody");
        assertThat(committers.log.events(Committed.class))
                .extracting(Committed::commit)
                .containsAll(committers.remote.ours(REF));
        committers.world.end();
    }

    @Test
    void aReplicaWithoutItsSelectionsIsNotReadyAndWritesNothing() {
        Committers committers = committers(3);
        committers.tablesAreDeaf = true;
        committers.select("web", "v1", 1);
        Committers.Member a = committers.start("a");
        committers.world.pass(Duration.ofMinutes(1));
        assertThat(a.controller.problem().orElseThrow()).contains("partition ");
        assertThat(committers.remote.pushes).isZero();

        committers.tablesAreDeaf = false;
        committers.select("web", "v2", 2);
        committers.world.pass(Duration.ofMinutes(1));

        assertThat(a.controller.problem()).isEmpty();
        assertThat(committers.remote.messages(REF)).containsExactly("v2 ", "somebody");
        committers.world.end();
    }
}
