package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.Manifests;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change concerns whom it can concern, and nobody else. */
class PolicySourcesTest {

    private final ResourceCache cache = Manifests.of("""
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImageRepository
                    metadata: {name: app, namespace: apps}
                    spec:
                      image: ghcr.io/my-org/app
                      interval: 1m
                      accessFrom: {namespaceSelectors: [{matchLabels: {team: a}}]}
                    ---
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: here, namespace: apps}
                    spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                    ---
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: crossing, namespace: team}
                    spec: {imageRepositoryRef: {name: app, namespace: apps}, policy: {semver: {range: 1.x}}}
                    ---
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: own, namespace: team}
                    spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                    ---
                    apiVersion: fluxcd.controlplane.io/v1
                    kind: ResourceSetInputProvider
                    metadata: {name: list, namespace: apps}
                    spec: {type: OCIArtifactTag, url: "oci://ghcr.io/my-org/app"}
                    """).cache();
    private final List<Change> changes = new ArrayList<>();

    PolicySourcesTest() {
        var unused = cache.onChange(changes::addAll);
    }

    private List<String> concerned() {
        List<String> concerned = changes.stream()
                .map(change -> PolicySources.concernedBy(change, cache))
                .flatMap(Collection::stream)
                .map(ResourceId::toString)
                .toList();
        changes.clear();
        return concerned;
    }

    private void label(String value, String resourceVersion) {
        cache.upsert(new Resource<>(
                Kinds.NAMESPACE,
                new Metadata(
                        "", "team", Map.of("team", value), Map.of("seen", resourceVersion), "", 1, resourceVersion),
                new NamespaceContent()));
    }

    @Test
    void aRepositoryConcernsThePoliciesThatNameIt() {
        cache.delete(new ResourceId("ImageRepository", "apps", "app"));

        assertThat(concerned()).containsExactly("ImagePolicy/apps/here", "ImagePolicy/team/crossing");
    }

    @Test
    void aRepositoryOfThatNameElsewhereConcernsThosePolicies() {
        cache.delete(new ResourceId("ImageRepository", "team", "app"));

        assertThat(concerned()).containsExactly("ImagePolicy/team/own");
    }

    @Test
    void theLabelsOfANamespaceConcernThosePoliciesThatCrossIt() {
        label("b", "1");
        assertThat(concerned()).containsExactly("ImagePolicy/team/crossing");
        assertThat(wanted("crossing")).isInstanceOf(WantedPolicy.Refused.class);

        label("b", "2");
        assertThat(concerned()).isEmpty();

        label("a", "3");
        assertThat(concerned()).containsExactly("ImagePolicy/team/crossing");
        assertThat(wanted("crossing")).isInstanceOf(WantedPolicy.Declares.class);
    }

    @Test
    void whereReferencesMayNotCrossNoLabelHelps() {
        label("team", "a");
        CrossNamespaceRefs blocked = CrossNamespaceRefs.BLOCKED;
        assertThat(wanted("crossing", blocked))
                .isInstanceOfSatisfying(WantedPolicy.Refused.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(new WantedPolicy.Refusal(
                                "AccessDenied",
                                "failed to get the referred ImageRepository: access denied: cannot access "
                                        + "'ImageRepository/apps/app', cross-namespace references have been blocked",
                                false)));
        PolicySources here =
                PolicySources.of(cache.find(Kinds.IMAGE_POLICY, "apps", "here").orElseThrow(), cache);
        assertThat(WantedPolicy.of(here, "local", blocked)).isInstanceOf(WantedPolicy.Declares.class);
    }

    @Test
    void aPolicyAndAProviderConcernThemselves() {
        cache.delete(new ResourceId("ImagePolicy", "apps", "here"));
        cache.delete(new ResourceId("ResourceSetInputProvider", "apps", "list"));

        assertThat(concerned()).containsExactly("ImagePolicy/apps/here", "ResourceSetInputProvider/apps/list");
    }

    private WantedPolicy wanted(String name) {
        return wanted(name, CrossNamespaceRefs.ALLOWED);
    }

    private WantedPolicy wanted(String name, CrossNamespaceRefs crossing) {
        return WantedPolicy.of(
                PolicySources.of(cache.find(Kinds.IMAGE_POLICY, "team", name).orElseThrow(), cache), "local", crossing);
    }
}
