package dev.tidemark.renderer.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.renderer.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A change reaches those that depend on it, and nobody else. */
class DeclaredInputsTest {

    private static Resource<ResourceSetInputProviderSpec> provider(String name, String label, String image) {
        return provider(name, label, "", image);
    }

    private static Resource<ResourceSetInputProviderSpec> provider(
            String name, String label, String uid, String image) {
        return Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: %s, namespace: apps, labels: {team: %s}%s}
                spec: {type: OCIArtifactTag, url: "oci://ghcr.io/my-org/%s"}
                """.formatted(name, label, uid, image));
    }

    private static Resource<ResourceSetSpec> set(String name, String namespace, String inputs) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: %s, namespace: %s}
                spec: {inputsFrom: [%s]}
                """.formatted(name, namespace, inputs));
    }

    private final Resource<ResourceSetInputProviderSpec> a = provider("a", "one", "a");
    private final Resource<ResourceSetInputProviderSpec> b = provider("b", "two", "b");
    private final Resource<ResourceSetSpec> byName =
            set("by-name", "apps", "{kind: ResourceSetInputProvider, name: a}");
    private final Resource<ResourceSetSpec> byLabel =
            set("by-label", "apps", "{kind: ResourceSetInputProvider, selector: {matchLabels: {team: two}}}");
    private final Resource<ResourceSetSpec> elsewhere =
            set("by-name", "other", "{kind: ResourceSetInputProvider, name: a}");
    private final Resource<ResourceSetSpec> unreadable = set(
            "unreadable",
            "apps",
            "{kind: ResourceSetInputProvider, selector: {matchExpressions: [{key: team, operator: Near}]}}");
    private final ResourceCache declared = Samples.declared(a, b, byName, byLabel, elsewhere);
    private final DeclaredInputs inputs = new DeclaredInputs(declared);

    private Set<ResourceId> concernedBy(Runnable change) {
        List<Change> changes = new ArrayList<>();
        try (var _ = declared.onChange(changes::addAll)) {
            change.run();
        }
        return changes.stream().flatMap(one -> inputs.concernedBy(one).stream()).collect(Collectors.toSet());
    }

    @Test
    void setsOfTheNamespaceUseAProviderByNameOrLabel() {
        assertThat(inputs.usersOf(a)).containsExactly(byName.id());
        assertThat(inputs.usersOf(b)).containsExactly(byLabel.id());
        assertThat(inputs.usersOf(provider("gone", "none", "a"))).isEmpty();
    }

    @Test
    void aFeedIsThatOfItsProviders() {
        assertThat(inputs.providersOf(List.of("ghcr.io/my-org/b#"))).containsExactly(b.id());
        assertThat(inputs.providersOf(List.of("ghcr.io/my-org/c#"))).isEmpty();
    }

    @Test
    void onlyWhatIsDeclaredIsAProvider() {
        var gone = new ResourceId("ResourceSetInputProvider", "apps", "gone");

        assertThat(inputs.providers(List.of(a.id(), byName.id(), gone))).containsExactly(a);
    }

    @Test
    void aProviderThatChangesAppearsOrGoesTakesItsUsersWithIt() {
        assertThat(concernedBy(() -> declared.upsert(provider("a", "two", "a"))))
                .containsExactlyInAnyOrder(a.id(), byName.id(), byLabel.id());
        assertThat(concernedBy(() -> declared.upsert(a))).containsExactlyInAnyOrder(a.id(), byName.id(), byLabel.id());
        assertThat(concernedBy(() -> declared.delete(a.id()))).containsExactlyInAnyOrder(a.id(), byName.id());
        var anew = provider("a", "one", ", uid: another", "a");
        assertThat(concernedBy(() -> declared.upsert(anew))).containsExactlyInAnyOrder(a.id(), byName.id());
        assertThat(concernedBy(() -> declared.upsert(anew))).isEmpty();
    }

    @Test
    void aProviderThatWentWhileNobodyLookedTakesThoseWithItThatNameIt() {
        declared.delete(a.id());

        assertThat(concernedBy(() -> declared.delete(a.id()))).containsExactlyInAnyOrder(a.id(), byName.id());
    }

    @Test
    void aSetThatChangesIsAlone() {
        var other = set("by-name", "apps", "{kind: ResourceSetInputProvider, name: b}");

        assertThat(concernedBy(() -> declared.upsert(other))).containsExactly(byName.id());
        assertThat(inputs.usersOf(a)).isEmpty();
        assertThat(inputs.usersOf(b)).containsExactlyInAnyOrder(byName.id(), byLabel.id());
    }

    @Test
    void aSelectorThatCannotBeReadIsItsOwnSetsFaultAlone() {
        assertThat(concernedBy(() -> declared.upsert(unreadable))).containsExactly(unreadable.id());

        assertThat(concernedBy(() -> declared.upsert(provider("a", "three", "a"))))
                .contains(a.id(), byName.id());
    }
}
