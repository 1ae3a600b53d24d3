package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one resource says can only fail that resource. */
class WantedPolicyTest {

    private static final String REPOSITORY = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: app, namespace: apps}
            spec: {image: ghcr.io/my-org/app, interval: 1m}
            """;

    private static String policy(String name, String range) {
        return """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: "%s", namespace: apps}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: "%s"}}}
                """.formatted(name, range);
    }

    @Test
    void aTextThatIsTooLongForTheLogIsRefusedAlone() {
        Manifests manifests =
                Manifests.of(REPOSITORY + policy("good", "1.x") + policy("long", ">=1.0.0 ".repeat(200_000)));

        assertThat(manifests.declared())
                .extracting(PolicyDeclared::target)
                .extracting(target -> target.name())
                .containsExactly("good");
        assertThat(manifests.wanted().get(new ResourceId("ImagePolicy", "apps", "long")))
                .isInstanceOfSatisfying(WantedPolicy.Kept.class, kept -> assertThat(
                                kept.refusal().message())
                        .contains("shorten them")
                        .doesNotContain("java"));
    }

    @Test
    void aProvidersDigestsAreLookedAtAsOftenAsItIsPolled() {
        assertThat(List.of("03", "04", "05"))
                .map(number -> Manifests.ofCase(number).declared().getFirst().interval())
                .containsOnly(Duration.ofSeconds(15));
    }
}
