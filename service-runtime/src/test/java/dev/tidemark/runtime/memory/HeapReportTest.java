package dev.tidemark.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeapReportTest {

    private static final long MB = 1024 * 1024;

    private final FakeHeap heap = new FakeHeap(512 * MB);
    private final World world = new World(1);
    private final List<String> log = new ArrayList<>();

    @Test
    void eachServiceSaysWhatItHasAndWhatItExpectsToNeedOnceTheLogIsRead() {
        var read = new AtomicReference<>(Optional.<HeapNeed>empty());
        report(read::get, () -> Optional.of(need("policy-evaluator", 2_000, 800_000, 300)))
                .start();
        world.pass(Duration.ofSeconds(5));
        String evaluator =
                "event=heap service=policy-evaluator limit=512m from=\"TIDEMARK_HEAP=test\" feeds=2000 tags=800000 expected=237m";
        assertThat(log).containsExactly(evaluator);

        read.set(Optional.of(need("registry-watcher", 2_000, 800_000, 70)));
        world.pass(Duration.ofSeconds(5));
        assertThat(log)
                .containsExactly(
                        evaluator,
                        "event=heap service=registry-watcher limit=512m from=\"TIDEMARK_HEAP=test\" feeds=2000 tags=800000 expected=62m");
    }

    @Test
    void aServiceThatFollowsNoFeedsSaysWhatItHas() {
        report().start();
        assertThat(log).containsExactly("event=heap limit=512m from=\"TIDEMARK_HEAP=test\"");
    }

    @Test
    void aCollectionThatLeavesTooMuchIsToldWithTheRemedyUntilOneLeavesLess() {
        HeapReport report = report();
        report.start();
        assertThat(report.warning()).isEmpty();

        heap.collected(true);
        assertThat(report.warning())
                .hasValue(
                        "the heap is nearly full: a collection left more than 80 % of 512m (TIDEMARK_HEAP=test) in use;"
                                + " start again with TIDEMARK_HEAP=1024m, in a container with JAVA_TOOL_OPTIONS=-Xmx1024m");

        heap.collected(false);
        assertThat(report.warning()).isEmpty();
    }

    @Test
    void feedsThatNeedMoreThanThereIsAreToldBeforeTheyAreAllThere() {
        HeapReport report = report(() -> Optional.of(need("policy-evaluator", 2_000, 800_000, 600)));
        assertThat(report.warning())
                .hasValue("the heap may not be enough: the services with their feeds and tags are expected to need 530m"
                        + " of 512m (TIDEMARK_HEAP=test);"
                        + " start again with TIDEMARK_HEAP=1060m, in a container with JAVA_TOOL_OPTIONS=-Xmx1060m");
    }

    private HeapReport report(HeapNeeds... services) {
        return new HeapReport(heap, List.of(services), world.replica("service"), log::add);
    }

    private static HeapNeed need(String service, long feeds, long tags, long perTag) {
        return HeapNeed.of(service, feeds, 4_096, tags, perTag);
    }
}
