package dev.tidemark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: a fault inside one policy makes that policy invalid, with the reason. */
class PolicyRunTest {

    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    private static final Choice.Circumstances NOW =
            new Choice.Circumstances(Instant.parse("2026-11-26T12:00:00Z"), Optional.empty());

    private static PolicyRun run(Throwable fault) {
        var declared = new PolicyDeclared(
                FEED.image(),
                Target.parse("local/ImagePolicy/apps/app"),
                FEED,
                FEED.image().text(),
                new PolicyRule.Semver("1.x"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
        Tables whole = HeapTable.tables();
        var faulty = new Tables(
                new Faulty<>(fault),
                whole.pages(),
                whole.pending(),
                new Faulty<>(fault),
                whole.declared(),
                whole.states(),
                whole.wanted(),
                whole.wakeups(),
                whole.deferred(),
                whole.controls(),
                whole.owners(),
                whole.tenures(),
                whole.positions());
        return new PolicyRun(declared, PolicyState.NONE, new TagStore(faulty), (target, thrown) -> {});
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalArgumentException("a range of nothing"),
                new ArithmeticException("long overflow"),
                new StackOverflowError(),
                new AssertionError("never"),
                new NoClassDefFoundError("Other"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverItThrowsIsItsAnswer(Throwable fault) {
        PolicyRun run = run(fault);
        run.added("1.0.0");
        run.removed("1.0.0");

        PolicyResult result = run.evaluate(NOW);

        assertThat(result.verdict().outcome()).isEqualTo(DecisionOutcome.INVALID);
        assertThat(result.verdict().reason()).isEqualTo("EvaluationFailed");
        assertThat(result.verdict().note()).startsWith("cannot be decided: ").doesNotContain("java");
    }

    @Test
    void aMachineAtItsEndSaysSo() {
        assertThatThrownBy(() -> run(new OutOfMemoryError("heap")).evaluate(NOW))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** What a policy reads fails. */
    private record Faulty<V>(Throwable fault) implements Table<V> {

        @Override
        public V get(String key) {
            throw sneaky(fault);
        }

        @Override
        public void put(String key, V value) {
            throw sneaky(fault);
        }

        @Override
        public V delete(String key) {
            throw sneaky(fault);
        }

        @Override
        public void forEach(String prefix, BiConsumer<String, V> visitor) {
            throw sneaky(fault);
        }

        @Override
        public void forSome(String prefix, String after, int limit, BiConsumer<String, V> visitor) {
            throw sneaky(fault);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
            throw (T) fault;
        }
    }
}
