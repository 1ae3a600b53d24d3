package dev.tidemark.renderer.domain.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a provider's status says. */
class ProviderStatusRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static Resource<ResourceSetInputProviderSpec> provider(String spec) {
        return Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: tags, namespace: apps}
                spec: {%s}
                """.formatted(spec));
    }

    private static List<String> messages(String spec) {
        return ProviderStatusRule.of(provider(spec), ProviderFacts.NONE, NOW)
                .after(Optional.empty())
                .conditions()
                .stream()
                .map(Condition::message)
                .distinct()
                .toList();
    }

    /** Nobody may believe that it restricts anything. */
    @Test
    void aScheduleIsSaidToBeLeftOut() {
        String leftOut = "; spec.schedule is left out: the provider is polled at its interval: set"
                + " fluxcd.controlplane.io/reconcileEvery";

        assertThat(messages("type: Static, schedule: [{cron: '0 9 * * *'}]"))
                .containsExactly("Reconciliation finished: exports its default values" + leftOut);
        assertThat(messages("type: OCIArtifactTag, url: 'oci://ghcr.io/o/a', schedule: [{cron: '0 9 * * *'}]"))
                .containsExactly("waiting for the first selection" + leftOut);
        assertThat(messages("type: Static")).containsExactly("Reconciliation finished: exports its default values");
    }

    @Test
    void whatFailsGoesOnExporting() {
        var provider = provider("type: Static, defaultValues: {x: blue}");
        var before = ProviderStatusRule.of(provider, ProviderFacts.NONE, NOW).after(Optional.empty());

        var after = ProviderStatusRule.failing(provider, "no route", NOW.plusSeconds(1), NOW)
                .after(Optional.of(before));

        assertThat(after.exportedInputs())
                .isEqualTo(before.exportedInputs())
                .singleElement()
                .satisfies(set -> assertThat(set).containsAllEntriesOf(Map.of("x", "blue")));
        assertThat(after.conditions()).extracting(Condition::reason).contains("ReconciliationFailed");
    }
}
