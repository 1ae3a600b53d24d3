package dev.tidemark.evaluator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one change costs does not depend on how much there is. */
class FlatCostTest {

    private final Evaluators evaluators = new Evaluators(1);
    private final Evaluators.One one = evaluators.replica("one");

    @AfterEach
    void end() {
        evaluators.close();
    }

    private static Resource<?> policy(int number, String repository, String range) {
        return Manifests.of("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app-%d, namespace: apps}
                spec: {imageRepositoryRef: {name: %s}, policy: {semver: {range: "%s"}}}
                """.formatted(number, repository, range))
                .resources()
                .getFirst();
    }

    private static Resource<?> repository(String name, String image) {
        return Manifests.of("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %s, namespace: apps}
                spec: {image: ghcr.io/my-org/%s, interval: 1h}
                """.formatted(name, image)).resources().getFirst();
    }

    /** Declared again after it was deleted. */
    private static Resource<?> again(Resource<?> resource) {
        return new Manifests(List.of(resource))
                .withUid(resource.kind().name(), "again")
                .resources()
                .getFirst();
    }

    /**
     * What came of a change.
     *
     * @param read policies that were worked out
     * @param asked resources that were looked at, for whatever
     * @param pasts targets whose past was read from the log
     */
    private record Cost(int read, int asked, int pasts, int written, int statuses) {}

    private Cost cost(Runnable change) {
        Cost before = sum();
        change.run();
        evaluators.world.pass(Duration.ofMinutes(1));
        Cost after = sum();
        return new Cost(
                after.read() - before.read(),
                after.asked() - before.asked(),
                after.pasts() - before.pasts(),
                after.written() - before.written(),
                after.statuses() - before.statuses());
    }

    private Cost sum() {
        return new Cost(one.read, one.counted.asked(), one.pasts, evaluators.log.size(), one.statuses.writes());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void ofOneChangeIsFlat(int policies) {
        Manifests many = Manifests.of(IntStream.range(0, policies)
                .mapToObj(number -> """
                        apiVersion: image.toolkit.fluxcd.io/v1
                        kind: ImagePolicy
                        metadata: {name: app-%d, namespace: apps}
                        spec: {imageRepositoryRef: {name: %s}, policy: {semver: {range: "1.x"}}}
                        """.formatted(number, number == 7 ? "lone" : "shared"))
                .collect(Collectors.joining("---\n")));
        Cost start = cost(() -> {
            one.resources.upsert(repository("shared", "shared"));
            one.resources.upsert(repository("lone", "lone"));
            one.declare(many.and(repository("shared", "shared"), repository("lone", "lone")));
        });
        assertThat(start.read()).isEqualTo(policies);
        assertThat(start.written()).isEqualTo(policies);

        // a policy is looked at when it changes, when it is compared and written, and when what was written comes back
        assertThat(cost(() -> one.resources.upsert(policy(5, "shared", "2.x")))).isEqualTo(new Cost(1, 11, 0, 1, 0));
        assertThat(cost(() -> one.delete(new ResourceId("ImagePolicy", "apps", "app-6"))))
                .isEqualTo(new Cost(0, 6, 0, 1, 0));
        // the past is read where it begins
        assertThat(cost(() -> one.resources.upsert(again(policy(6, "shared", "1.x")))))
                .isEqualTo(new Cost(1, 11, 1, 1, 0));
        // suspended, and said to be refused
        assertThat(cost(() -> one.delete(new ResourceId("ImageRepository", "apps", "lone"))))
                .isEqualTo(new Cost(1, 12, 0, 1, 1));
        assertThat(cost(() -> one.resources.upsert(again(repository("lone", "lone")))))
                .isEqualTo(new Cost(1, 12, 0, 1, 0));
        assertThat(cost(() -> one.resources.upsert(repository("unused", "unused"))))
                .isEqualTo(new Cost(0, 0, 0, 0, 0));
    }
}
