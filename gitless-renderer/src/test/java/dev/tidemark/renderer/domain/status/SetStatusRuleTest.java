package dev.tidemark.renderer.domain.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a ResourceSet's status says after a run. */
class SetStatusRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Inventory A = inventory("a");
    private static final Inventory B = inventory("b");

    private final Resource<ResourceSetSpec> resourceSet = Samples.seed(Kinds.RESOURCE_SET, "resourceset.yaml");

    private static Inventory inventory(String... names) {
        Map<ObjectId, String> versions = new LinkedHashMap<>();
        for (String name : names) {
            versions.put(new ObjectId("", "ConfigMap", "apps", name), "v1");
        }
        return new Inventory(versions);
    }

    private ResourceSetStatus after(Optional<ResourceSetStatus> before, SetOutcome outcome, Inventory objects) {
        return new SetStatusRule(resourceSet, outcome, objects, NOW.plus(Duration.ofMinutes(1))).after(before);
    }

    private ResourceSetStatus succeeded(Inventory objects) {
        var outcome = new SetOutcome.Succeeded("sha256:1", "Reconciliation finished in 1ms");
        return new SetStatusRule(resourceSet, outcome, objects, NOW).after(Optional.empty());
    }

    private static Inventory of(ResourceSetStatus status) {
        return SetStatusRule.inventory(status);
    }

    static Stream<SetOutcome> unfinished() {
        return Stream.of(
                new SetOutcome.Begun(),
                new SetOutcome.Refused("no"),
                new SetOutcome.Failed("no", NOW),
                new SetOutcome.Waiting("no"));
    }

    @ParameterizedTest
    @MethodSource("unfinished")
    void onlyASuccessTakesOutOfTheInventory(SetOutcome outcome) {
        assertThat(of(after(Optional.of(succeeded(A)), outcome, B))).isEqualTo(A.union(B));
        assertThat(of(after(Optional.empty(), outcome, B))).isEqualTo(B);
        assertThat(after(Optional.empty(), outcome, Inventory.EMPTY).inventory())
                .isNull();

        assertThat(of(after(Optional.of(succeeded(A)), new SetOutcome.Succeeded("sha256:2", "finished"), B)))
                .isEqualTo(B);
    }

    @Test
    void aSuccessThatIsNoNewsChangesNothing() {
        ResourceSetStatus before = succeeded(A);

        assertThat(after(Optional.of(before), new SetOutcome.Succeeded("sha256:1", "finished in 9ms"), A))
                .isSameAs(before);
        assertThat(after(Optional.of(before), new SetOutcome.Succeeded("sha256:2", "finished in 9ms"), A))
                .isNotEqualTo(before);
    }

    @Test
    void whatIsAppliedNextSaysNothingOfReadiness() {
        ResourceSetStatus before = succeeded(A);

        ResourceSetStatus begun = after(Optional.of(before), new SetOutcome.Begun(), B);

        assertThat(begun.conditions()).isEqualTo(before.conditions());
        assertThat(begun.lastAppliedRevision()).isEqualTo("sha256:1");
    }

    @Test
    void aFailureKeepsTheTimeOfItsFirstTry() {
        var failed = new SetOutcome.Failed("no route", NOW.plusSeconds(9));
        ResourceSetStatus first = new SetStatusRule(resourceSet, failed, A, NOW).after(Optional.empty());

        ResourceSetStatus second = after(Optional.of(first), failed, A);

        assertThat(ready(second)).isEqualTo(ready(first));
        assertThat(SetStatusRule.says(second, resourceSet, SetOutcome.Failed.REASON, "no route"))
                .isTrue();
        assertThat(SetStatusRule.says(second, resourceSet, SetOutcome.Failed.REASON, "another"))
                .isFalse();
    }

    private static List<Condition> ready(ResourceSetStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .toList();
    }
}
