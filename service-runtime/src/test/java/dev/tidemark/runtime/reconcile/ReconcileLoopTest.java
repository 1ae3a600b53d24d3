package dev.tidemark.runtime.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileLoopTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), 0, new Random(1));

    private final World world = new World(7);
    private final World.Replica process = world.replica("replica");
    private final Recorder recorder = new Recorder();
    private final ReconcileLoop<String> loop = loop(3);

    private ReconcileLoop<String> loop(int parallel) {
        return new ReconcileLoop<>(new ReconcileLoop.Settings("branch", 5, parallel, BACKOFF), recorder, process);
    }

    @AfterEach
    void end() {
        world.end();
    }

    /** Remembers runs; what they come to is set by a test. */
    private final class Recorder implements Reconciler<String> {
        private final List<String> runs = new ArrayList<>();
        private final List<Run> seen = new ArrayList<>();
        private final Map<String, Integer> under = new HashMap<>();
        private final List<String> failures = new ArrayList<>();
        private ReconcileResult result = new ReconcileResult.AwaitChange();
        private @Nullable RuntimeException fault;
        private int pauses = 1;
        private Duration lasts = Duration.ZERO;
        private final List<Instant> begun = new ArrayList<>();
        private final List<Duration> took = new ArrayList<>();
        private int most;

        @Override
        public ReconcileResult reconcile(String key, Run run) throws InterruptedException {
            begun.add(world.now());
            assertThat(under.merge(key, 1, Integer::sum)).isEqualTo(1);
            most = Math.max(most, under.values().stream().mapToInt(n -> n).sum());
            runs.add(key);
            seen.add(run);
            for (int i = 0; i < pauses; i++) {
                world.pause();
            }
            if (lasts.isPositive()) {
                var unused = process.await(new CompletableFuture<Void>(), lasts);
            }
            RunTime.until(world.now()).ifPresent(took::add);
            under.merge(key, -1, Integer::sum);
            if (fault != null) {
                throw fault;
            }
            return result;
        }

        @Override
        public void failed(String key, Throwable cause, Run run) {
            failures.add(key + ": " + cause.getMessage() + " until " + Duration.between(World.BEGIN, run.nextTry()));
        }
    }

    @Test
    void runsAKeyOnceForAllThatWasAskedBeforeItBegan() {
        loop.submit("a", Priority.ROUTINE);
        loop.submit("a", Priority.URGENT);
        loop.submit("a", Priority.ROUTINE);
        world.settle();
        assertThat(recorder.runs).containsExactly("a");
        assertThat(recorder.seen.getFirst().asked()).isEqualTo(Set.of(Priority.URGENT, Priority.ROUTINE));
    }

    @Test
    void whatIsAskedDuringARunLeadsToOneMoreAndNeverToTwoAtOnce() {
        recorder.pauses = 20;
        loop.submit("a", Priority.ROUTINE);
        for (int i = 0; i < 6; i++) {
            world.step();
            loop.submit("a", Priority.URGENT);
        }
        world.settle();
        assertThat(recorder.runs).containsExactly("a", "a");
    }

    @Test
    void takesUrgentKeysFirstAndRunsOnlySoManyAtOnce() {
        ReconcileLoop<String> narrow = loop(1);
        narrow.submit("first", Priority.ROUTINE);
        narrow.submit("second", Priority.ROUTINE);
        narrow.submit("third", Priority.ROUTINE);
        narrow.submit("urgent", Priority.URGENT);
        narrow.submit("third", Priority.URGENT);
        world.settle();
        assertThat(recorder.runs).containsExactly("first", "urgent", "third", "second");
        assertThat(recorder.most).isEqualTo(1);
    }

    @Test
    void saysWhatWaitsAndSinceWhen() {
        ReconcileLoop<String> narrow = loop(1);
        recorder.lasts = Duration.ofSeconds(5);
        narrow.submit("first", Priority.ROUTINE);
        world.settle();
        narrow.submit("second", Priority.ROUTINE);
        Instant asked = world.now();
        world.pass(Duration.ofSeconds(2));
        narrow.submit("third", Priority.ROUTINE);
        narrow.submit("second", Priority.URGENT);

        assertThat(narrow.waiting()).isEqualTo(2);
        assertThat(narrow.oldest()).contains(asked);

        world.pass(Duration.ofSeconds(20));
        assertThat(narrow.waiting()).isZero();
        assertThat(narrow.oldest()).isEmpty();
    }

    @Test
    void whoeverSaysWhatARunCameToKnowsHowLongItTook() {
        recorder.lasts = Duration.ofSeconds(5);
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofSeconds(10));

        assertThat(recorder.took).containsExactly(Duration.ofSeconds(5));
        assertThat(RunTime.until(world.now())).as("outside of a run").isEmpty();
    }

    @Test
    void comesBackWhenTheResultSaysSo() {
        recorder.result = new ReconcileResult.Done(Duration.ofMinutes(5));
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofMinutes(14));
        assertThat(recorder.runs).hasSize(3);
        assertThat(recorder.seen.getLast().asked()).isEmpty();
        recorder.result = new ReconcileResult.Gone();
        world.pass(Duration.ofMinutes(60));
        assertThat(recorder.runs).hasSize(4);
        assertThat(loop.size()).isZero();
    }

    @Test
    void waitsLongerWithEachFailureAndForgetsThemAfterASuccess() {
        recorder.result = new ReconcileResult.Retry();
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofMillis(12_500));
        // at 0, 1, 3, 7 and 12 seconds
        assertThat(recorder.seen).extracting(Run::failures).containsExactly(0, 1, 2, 3, 4);
        recorder.result = new ReconcileResult.Done(Duration.ofSeconds(60));
        world.pass(Duration.ofSeconds(5));
        recorder.result = new ReconcileResult.Retry();
        loop.submit("a", Priority.URGENT);
        world.settle();
        assertThat(recorder.seen.getLast().failures()).isZero();
    }

    @Test
    void whateverARunThrowsIsToldAndTriedAgain() {
        recorder.fault = new IllegalStateException("no such luck");
        loop.submit("a", Priority.ROUTINE);
        loop.submit("b", Priority.ROUTINE);
        world.pass(Duration.ofMillis(1500));
        assertThat(recorder.failures)
                .contains("a: no such luck until PT1S", "b: no such luck until PT1S", "a: no such luck until PT3S");
    }

    @Test
    void aKeyThatIsStoppedBeginsNoRunAndOneThatComesBackWaitsForTheOldRun() {
        recorder.pauses = 20;
        recorder.result = new ReconcileResult.Done(Duration.ofSeconds(1));
        loop.submit("a", Priority.ROUTINE);
        world.step();
        var ended = loop.stop(key -> true);
        assertThat(ended).isNotDone();
        loop.submit("a", Priority.URGENT);
        world.settle();
        assertThat(ended).isDone();
        assertThat(recorder.runs).containsExactly("a", "a");
        assertThat(loop.stop(key -> true)).isDone();
        world.pass(Duration.ofMinutes(1));
        assertThat(recorder.runs).hasSize(2);
        assertThat(loop.size()).isZero();
    }

    /** Its last run was somebody else's, so to say: what was asked since has had none. */
    @Test
    void aKeyThatComesBackDuringItsLastRunIsNotSettledBeforeItHadOneOfItsOwn() {
        recorder.pauses = 20;
        loop.submit("a", Priority.ROUTINE);
        world.step();
        var ended = loop.stop(key -> true);
        assertThat(loop.settled()).isTrue();
        loop.submit("a", Priority.ROUTINE);
        while (recorder.runs.size() < 2) {
            assertThat(loop.settled()).isFalse();
            world.step();
        }
        world.settle();
        assertThat(loop.settled()).isTrue();
        assertThat(ended).isDone();
    }

    /** A remote that answers no more takes as long as its time limit: it is left alone for as long as was said. */
    @Test
    void waitsFromTheEndOfARunThatFailedHoweverLongItTook() {
        recorder.result = new ReconcileResult.Retry();
        recorder.lasts = Duration.ofSeconds(30);
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofSeconds(64));
        // 30 s, a wait of 1 s, 30 s, a wait of 2 s, and the third has begun
        assertThat(recorder.begun)
                .extracting(at -> Duration.between(World.BEGIN, at))
                .containsExactly(Duration.ZERO, Duration.ofSeconds(31), Duration.ofSeconds(63));
    }

    @Test
    void theNextTryThatIsToldIsTheOneThatComes() {
        recorder.fault = new IllegalStateException("no such luck");
        recorder.lasts = Duration.ofSeconds(30);
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofSeconds(31));
        assertThat(recorder.failures).containsExactly("a: no such luck until PT31S");
        assertThat(recorder.begun).hasSize(2);
    }

    @Test
    void aKeyThatComesBackUrgentlyDuringItsLastRunGoesBeforeRoutineOnes() {
        ReconcileLoop<String> narrow = loop(1);
        recorder.pauses = 20;
        narrow.submit("a", Priority.ROUTINE);
        world.step();
        narrow.submit("b", Priority.ROUTINE);
        var ended = narrow.stop("a"::equals);
        narrow.submit("a", Priority.URGENT);
        world.settle();
        assertThat(ended).isDone();
        assertThat(recorder.runs).containsExactly("a", "a", "b");
    }

    @Test
    void oneKeyIsStoppedAndCancelledByItself() {
        recorder.lasts = Duration.ofSeconds(30);
        loop.submit("a", Priority.ROUTINE);
        loop.submit("b", Priority.ROUTINE);
        world.settle();
        loop.cancelOne("a");
        var ended = loop.stopOne("a");
        world.settle();
        assertThat(ended).as("only what was stopped is cancelled").isNotDone();
        loop.cancelOne("a");
        world.settle();
        assertThat(ended).isDone();
        assertThat(loop.stopOne("c")).isDone();
        assertThat(loop.size()).as("the other one runs on").isOne();
    }

    @Test
    void refusesMoreKeysThanTheLimit() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            loop.submit(key, Priority.ROUTINE);
        }
        assertThatThrownBy(() -> loop.submit("f", Priority.URGENT))
                .hasMessage("there are 5 of branch already, which is the limit: f is not served");
    }

    @Test
    void isSettledWhenEveryKeyHadARun() {
        loop.submit("a", Priority.ROUTINE);
        assertThat(loop.settled()).isFalse();
        world.settle();
        assertThat(loop.settled()).isTrue();
    }

    /** A remote that never answers keeps a service from nothing else: not from being ready, either. */
    @Test
    void isSettledAlsoWhileAFirstRunTakesLong() {
        recorder.lasts = Duration.ofMinutes(1);
        loop.submit("a", Priority.ROUTINE);
        world.pass(Duration.ofSeconds(4));
        assertThat(loop.settled()).isFalse();
        world.pass(Duration.ofSeconds(1));
        assertThat(loop.settled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyRequestIsFollowedByARunThatBeganAfterIt(int parallel) {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            World other = new World(random.nextLong());
            Map<String, Integer> wanted = new HashMap<>();
            Map<String, Integer> done = new HashMap<>();
            Map<String, Boolean> running = new HashMap<>();
            Reconciler<String> copy = new Reconciler<>() {
                @Override
                public ReconcileResult reconcile(String key, Run run) {
                    assertThat(running.put(key, true)).isNotEqualTo(true);
                    int seen = wanted.getOrDefault(key, 0);
                    other.pause();
                    running.put(key, false);
                    done.put(key, seen);
                    if (random.nextInt(4) == 0) {
                        throw new IllegalStateException("now and then");
                    }
                    return new ReconcileResult.AwaitChange();
                }

                @Override
                public void failed(String key, Throwable fault, Run run) {}
            };
            var settings = new ReconcileLoop.Settings("key", 10, parallel, BACKOFF);
            try (var many = new ReconcileLoop<>(settings, copy, other.replica("p"))) {
                for (int i = 0; i < 60; i++) {
                    String key = "k" + random.nextInt(4);
                    wanted.merge(key, 1, Integer::sum);
                    many.submit(key, random.nextBoolean() ? Priority.URGENT : Priority.ROUTINE);
                    for (int steps = random.nextInt(4); steps > 0; steps--) {
                        other.step();
                    }
                }
                other.settle();
                assertThat(done).as("seed " + seed).isEqualTo(wanted);
            }
            other.end();
        }
    }
}
