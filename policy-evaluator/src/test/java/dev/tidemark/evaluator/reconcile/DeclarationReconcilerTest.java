package dev.tidemark.evaluator.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.EventCodec;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the resources declare is what the log declares, whoever stops, wakes or takes over meanwhile. */
class DeclarationReconcilerTest {

    private static final int POLICIES = 12;
    private static final int SEEDS = 60;

    /** By number of a policy, its image and what it is held on. */
    private static Manifests resources(Map<Integer, String> policies) {
        StringBuilder yaml = new StringBuilder();
        for (String image : new String[] {"a", "b", "c", "d"}) {
            yaml.append("""
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImageRepository
                    metadata: {name: %1$s, namespace: apps}
                    spec: {image: ghcr.io/my-org/%1$s, interval: 1h}
                    ---
                    """.formatted(image));
        }
        policies.forEach((number, says) -> yaml.append("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app-%1$d, namespace: apps, annotations: {tidemark.dev/hold: "%3$s"}}
                spec:
                  imageRepositoryRef: {name: %2$s}
                  policy: {semver: {range: ">=1.0.0"}}
                ---
                """.formatted(number, says.substring(0, 1), says.substring(2))));
        return Manifests.of(yaml.substring(0, yaml.length() - "---\n".length()));
    }

    private static Map<Integer, String> all(String says) {
        Map<Integer, String> policies = new TreeMap<>();
        for (int number = 0; number < POLICIES; number++) {
            policies.put(number, says);
        }
        return policies;
    }

    private static Map<String, String> inTheLog(Map<Integer, String> policies) {
        Map<String, String> declared = new TreeMap<>();
        policies.forEach(
                (number, says) -> declared.put("app-" + number, "my-org/" + says.charAt(0) + ' ' + says.substring(2)));
        return declared;
    }

    @Test
    void aChangeIsDeclaredOnceAndADeletionWithdrawn() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Map<Integer, String> policies = all("a 1");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(1));
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
            assertThat(evaluators.log).hasSize(POLICIES);
            assertThat(one.work.problem()).isEmpty();

            policies.remove(3);
            policies.put(4, "b 1");
            policies.put(5, "a 2");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofMinutes(1));
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
            // a tombstone, a tombstone and its declaration, a declaration
            assertThat(evaluators.log).hasSize(POLICIES + 4);
        }
    }

    @Test
    void whatWasDeletedWhileNobodyLookedIsWithdrawn() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Map<Integer, String> policies = all("a 1");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(1));
            one.process.kill();
            evaluators.group.expel(one.process);
            policies.remove(3);

            evaluators.replica("two").declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(1));

            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
        }
    }

    /** An evaluator of tomorrow declared it: this one may stop it, and takes nothing away. */
    @Test
    void whatANewerEvaluatorDeclaredIsSuspendedWithAllThatItSays() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Manifests declared = resources(Map.of(1, "a 1"));
            one.declare(declared);
            evaluators.world.pass(Duration.ofSeconds(1));
            String newer = text(evaluators)
                    .replace("\"semver\"", "\"of-tomorrow\"")
                    .replace("\"sequence\":1", "\"sequence\":2,\"promoteFrom\":{\"stage\":\"staging\"}");
            String key = evaluators.log.getLast().key();
            one.process.kill();
            evaluators.group.expel(one.process);
            evaluators.append(key, EventCodec.decode(newer.getBytes(UTF_8)), Map.of());

            evaluators.replica("two").declare(declared.without("ImageRepository"));
            evaluators.world.pass(Duration.ofSeconds(1));

            assertThat(evaluators.log.getLast().key()).isEqualTo(key);
            assertThat(text(evaluators))
                    .contains("\"suspended\":true", "\"sequence\":3", "\"promoteFrom\":{\"stage\":\"staging\"}")
                    .contains("\"rule\":{\"rule\":\"of-tomorrow\",\"range\":\">=1.0.0\"}");
        }
    }

    private static String text(Evaluators evaluators) {
        return new String(
                EventCodec.encode(
                        Objects.requireNonNull(evaluators.log.getLast().envelope())),
                UTF_8);
    }

    /** A source that holds a deletion back has not given the policies since its start, and does not say that they are gone. */
    @Test
    void whatTheSourceDoesNotGiveStaysUntilItTellsOfTheDeletion() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Map<Integer, String> policies = all("a 1");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(1));
            one.process.kill();
            evaluators.group.expel(one.process);

            var two = evaluators.replica("two");
            two.resources.completed(absent -> false);
            two.declare(resources(Map.of(1, "a 1")));
            evaluators.world.pass(Duration.ofMinutes(1));
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
            assertThat(two.work.problem()).isEmpty();

            ResourceId deleted = new ResourceId("ImagePolicy", "apps", "app-2");
            two.resources.completed(deleted::equals);
            two.delete(deleted);
            evaluators.world.pass(Duration.ofSeconds(1));
            policies.remove(2);
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
        }
    }

    /** Until everything was read once, what is missing may only be unread. */
    @Test
    void nothingIsWithdrawnBeforeTheResourcesHaveBeenReadOnce() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Map<Integer, String> policies = all("a 1");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(1));
            one.process.kill();
            evaluators.group.expel(one.process);

            var two = evaluators.replica("two", false);
            evaluators.world.pass(Duration.ofMinutes(1));
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
            assertThat(two.work.problem()).isPresent();

            policies.remove(3);
            two.declare(resources(policies));
            two.resources.completed(absent -> true);
            evaluators.world.pass(Duration.ofMinutes(1));
            assertThat(evaluators.declared()).isEqualTo(inTheLog(policies));
            assertThat(two.work.problem()).isEmpty();
        }
    }

    /** D7: who wakes with yesterday's resources writes nothing. */
    @Test
    void aPausedReplicaThatWakesDeclaresNothingOld() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(isLogRightAfterAPause(seed, UnaryOperator.identity()))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }

    /** Otherwise the test would say nothing. */
    @Test
    void withoutTheFenceItDeclaresWhatIsOld() {
        int wrong = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            wrong += isLogRightAfterAPause(seed, Unfenced::new) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }

    private record Unfenced(Ownership asked) implements Ownership {
        @Override
        public Optional<Epoch> epoch(int partition) {
            return asked.epoch(partition);
        }

        @Override
        public boolean fence(Epoch epoch) {
            return true;
        }
    }

    private static boolean isLogRightAfterAPause(long seed, UnaryOperator<Ownership> proofs) {
        Random random = new Random(seed);
        try (Evaluators evaluators = new Evaluators(seed)) {
            var left = evaluators.replica("left", proofs);
            var right = evaluators.replica("right", proofs);
            left.declare(resources(all("a 1")));
            right.declare(resources(all("a 1")));
            evaluators.world.pass(Duration.ofSeconds(5));

            // one hears of an edit and is stopped somewhere on its way to the log
            left.declare(resources(all("b 2")));
            int steps = random.nextInt(60);
            for (int step = 0; step < steps && evaluators.world.step(); step++) {
                // on its way
            }
            left.process.freeze();
            evaluators.world.pass(Duration.ofSeconds(10));
            evaluators.group.expel(left.process);
            evaluators.truth = resources(all("a 3"));
            right.declare(evaluators.truth);
            evaluators.world.pass(Duration.ofSeconds(5));
            Map<String, String> right3 = evaluators.declared();
            left.process.thaw();
            // it wakes, and some of its work runs before it hears of newer resources
            for (int step = 0; step < steps && evaluators.world.step(); step++) {
                // awake
            }
            boolean undisturbed = evaluators.declared().equals(right3);
            left.declare(evaluators.truth);
            evaluators.world.pass(Duration.ofSeconds(30));
            return undisturbed && evaluators.declared().equals(inTheLog(all("a 3")));
        }
    }

    /** Who gives policies away one after the other waits for the new owner as long as the first time. */
    @Test
    void oneMoveAfterTheOtherTakesAsLongAsTheFirst() {
        try (Evaluators evaluators = new Evaluators(1)) {
            var one = evaluators.replica("one");
            Map<Integer, String> policies = all("a 1");
            one.declare(resources(policies));
            evaluators.world.pass(Duration.ofSeconds(5));
            for (int moved = 0; moved < 8; moved++) {
                policies.put(moved, "b 1");
                int before = evaluators.log.size();
                one.declare(resources(policies));
                evaluators.world.pass(PendingMoves.FIRST_LOOK.multipliedBy(3));
                assertThat(evaluators.log).as("move " + moved).hasSizeGreaterThanOrEqualTo(before + 2);
                evaluators.world.pass(Duration.ofMinutes(10));
            }
        }
    }
}
