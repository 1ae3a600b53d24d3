package dev.tidemark.renderer.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.renderer.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a provider's condition says: the seed's troubleshooting row "not detecting new tag". */
class ProviderStateTest {

    private static final Target TARGET =
            new Target("local", "ResourceSetInputProvider", "flux-system", "app-image-tag");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Resource<ResourceSetInputProviderSpec> provider =
            Samples.seed(Kinds.RESOURCE_SET_INPUT_PROVIDER, "resourcesetinputprovider.yaml");

    @Test
    void aRefusedLoginNamesTheSecret() {
        var state = ProviderState.of(provider, new ProviderFacts(null, null, failed("401 Unauthorized"), null));

        assertThat(state).isInstanceOfSatisfying(ProviderState.Failing.class, failing -> assertThat(failing.message())
                .contains("401 Unauthorized", "Secret flux-system/registry-auth"));
    }

    @Test
    void aFilterThatNothingMatchesSaysWhatWasSeen() {
        var decision =
                decided(Event.DecisionOutcome.NOTHING_MATCHES, "none of 3 tags satisfies 1.x: 2.0.0, 2.1.0, latest");

        var state = ProviderState.of(provider, new ProviderFacts(null, decision, null, null));

        assertThat(state).isInstanceOfSatisfying(ProviderState.Exporting.class, exporting -> {
            assertThat(exporting.message()).contains("none of 3 tags").endsWith(" (semver '1.x')");
            assertThat(exporting.inputs().inputs()).isEmpty();
        });
    }

    /** What it exported before is taken away by a selection, not by a decision that nothing matches. */
    @Test
    void aFilterThatNothingMatchesAnyMoreSaysSo() {
        var state = ProviderState.of(provider, new ProviderFacts(selected(), null, null, null));

        assertThat(state)
                .isInstanceOfSatisfying(ProviderState.Exporting.class, exporting -> assertThat(exporting.message())
                        .isEqualTo("exports 0 tags: no tag passes the filter (semver '1.x')"));
    }

    @Test
    void oneTagIsOneTag() {
        assertThat(message("1.0.0")).isEqualTo("exports 1 tag");
        assertThat(message("1.1.0", "1.0.0")).isEqualTo("exports 2 tags");
    }

    private String message(String... tags) {
        return ProviderState.of(provider, new ProviderFacts(selected(tags), null, null, null))
                        instanceof ProviderState.Exporting exporting
                ? exporting.message()
                : "";
    }

    /** The evaluator does not take it, so no selection will come. */
    @Test
    void aProviderThatDeclaresTooMuchSaysSo() {
        var state = ProviderState.of(large(1024 * 1024), new ProviderFacts(null, null, null, null));
        assertThat(state)
                .isEqualTo(new ProviderState.Failing(
                        null, "it declares more than 1048576 bytes of filters and default values: shorten them"));

        assertThat(ProviderState.of(large(1024), new ProviderFacts(null, null, null, null)))
                .isEqualTo(new ProviderState.Waiting("waiting for the first selection"));
    }

    private static Resource<ResourceSetInputProviderSpec> large(int characters) {
        return Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: a, namespace: apps}
                spec: {type: OCIArtifactTag, url: 'oci://ghcr.io/o/a', defaultValues: {x: %s}}
                """.formatted("x".repeat(characters)));
    }

    @Test
    void aFilterThatCannotBeReadIsAFailure() {
        var state = ProviderState.of(
                provider,
                new ProviderFacts(null, decided(Event.DecisionOutcome.INVALID, "improper constraint"), null, null));

        assertThat(state).isInstanceOf(ProviderState.Failing.class);
    }

    @Test
    void whatAFirstExportWaitsForIsSaid() {
        var decision = decided(
                Event.DecisionOutcome.WAITING,
                "AwaitingDigests",
                "the new list of 3 tags waits: the digests of new tags are asked for");

        var state = ProviderState.of(provider, new ProviderFacts(null, decision, null, null));

        assertThat(state)
                .isEqualTo(new ProviderState.Waiting(
                        "the new list of 3 tags waits: the digests of new tags are asked for"));
    }

    @Test
    void somethingNewerThatWaitsIsSaid() {
        var decision = decided(
                Event.DecisionOutcome.KEPT,
                "Halted",
                "2 tags pass the filter, the first is 1.4.2; the new list waits: all updates are halted");

        var state = ProviderState.of(provider, new ProviderFacts(selected("1.4.2", "1.4.1"), decision, null, null));

        assertThat(state).isInstanceOfSatisfying(ProviderState.Exporting.class, exporting -> {
            assertThat(exporting.reason()).isEqualTo("Halted");
            assertThat(exporting.message()).isEqualTo(decision.message());
        });
    }

    /** Whatever a newer evaluator came to, what is selected is exported. */
    @Test
    void anOutcomeOfTomorrowTakesNothingBack() {
        var decision = decided(Event.DecisionOutcome.UNKNOWN, "what nobody here knows");

        var state = ProviderState.of(provider, new ProviderFacts(selected("1.4.2", "1.4.1"), decision, null, null));

        assertThat(state).isInstanceOfSatisfying(ProviderState.Exporting.class, exporting -> assertThat(
                        exporting.inputs().inputs())
                .hasSize(2));
    }

    @Test
    void keepingWhatIsBestIsASuccess() {
        var decision = decided(Event.DecisionOutcome.KEPT, "Succeeded", "2 tags pass the filter");

        assertThat(ProviderState.of(provider, new ProviderFacts(selected("1.4.2"), decision, null, null)))
                .isInstanceOfSatisfying(ProviderState.Exporting.class, exporting -> assertThat(exporting.reason())
                        .isEqualTo("ReconciliationSucceeded"));
    }

    @Test
    void nothingSelectedYetIsNotNothing() {
        var state = ProviderState.of(provider, ProviderFacts.NONE);

        assertThat(state).isInstanceOf(ProviderState.Waiting.class);
        assertThat(state.inputs()).isNull();
    }

    @Test
    void aTypeThatIsNotServedIsSaid() {
        var branches = Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                        apiVersion: fluxcd.controlplane.io/v1
                        kind: ResourceSetInputProvider
                        metadata: {name: branches, namespace: apps}
                        spec: {type: GitHubBranch, url: https://github.com/acme/shop}
                        """);

        assertThat(ProviderState.of(branches, ProviderFacts.NONE))
                .isInstanceOfSatisfying(ProviderState.Refused.class, refused -> assertThat(refused.message())
                        .contains("GitHubBranch"));
    }

    @Test
    void anAddressWithoutARepositoryIsRefused() {
        var bare = Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                        apiVersion: fluxcd.controlplane.io/v1
                        kind: ResourceSetInputProvider
                        metadata: {name: bare, namespace: apps}
                        spec: {type: OCIArtifactTag, url: "oci://ghcr.io"}
                        """);

        assertThat(ProviderState.of(bare, ProviderFacts.NONE))
                .isInstanceOfSatisfying(ProviderState.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("InvalidSpec");
                    assertThat(refused.message()).contains("oci://ghcr.io");
                });
    }

    private static ScanFailed failed(String message) {
        return new ScanFailed(
                new Feed(new ImageName("ghcr.io/my-org/my-app"), "flux-system/registry-auth"),
                new Scan("s1", NOW),
                Event.ScanFailure.AUTHENTICATION_FAILED,
                message,
                null);
    }

    private static Envelope<Event.TagSelected> selected(String... tags) {
        return Envelope.first(
                new Event.TagSelected(
                        TARGET,
                        new ImageName("ghcr.io/my-org/my-app"),
                        "ghcr.io/my-org/my-app",
                        Stream.of(tags).map(tag -> new SelectedTag(tag, null)).toList(),
                        List.of(),
                        1,
                        NOW),
                "test",
                NOW);
    }

    private static Event.PolicyDecided decided(Event.DecisionOutcome outcome, String message) {
        return decided(outcome, "ReconciliationFailed", message);
    }

    private static Event.PolicyDecided decided(Event.DecisionOutcome outcome, String reason, String message) {
        return new Event.PolicyDecided(
                TARGET,
                "ghcr.io/my-org/my-app",
                outcome,
                reason,
                message,
                List.of(),
                List.of(),
                Event.Trigger.SCAN,
                NOW,
                Map.of(),
                "test",
                null,
                null,
                null,
                null);
    }
}
