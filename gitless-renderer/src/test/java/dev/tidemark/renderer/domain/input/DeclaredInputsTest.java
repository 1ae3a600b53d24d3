package dev.tidemark.renderer.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change reaches those that depend on it, and nobody else. */
class DeclaredInputsTest {

    private static Resource<ResourceSetInputProviderSpec> provider(String name, String label, String image) {
        return Resources.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: %s, namespace: apps, labels: {team: %s}}
                spec: {type: OCIArtifactTag, url: "oci://ghcr.io/my-org/%s"}
                """.formatted(name, label, image));
    }

    private static Resource<ResourceSetSpec> set(String name, String namespace, String inputs) {
        return Resources.of(Kinds.RESOURCE_SET, """
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
    private final DeclaredInputs all = new DeclaredInputs(Resources.declared(a, b, byName, byLabel, elsewhere));

    @Test
    void setsOfTheNamespaceUseAProviderByNameOrLabel() {
        assertThat(all.usersOf(List.of(a.id()))).containsExactly(byName.id());
        assertThat(all.usersOf(List.of(b.id()))).containsExactly(byLabel.id());
        assertThat(all.usersOf(List.of(new ResourceId("ResourceSetInputProvider", "apps", "gone"))))
                .isEmpty();
    }

    @Test
    void aFeedIsThatOfItsProviders() {
        assertThat(all.providersOf(List.of("ghcr.io/my-org/b#"))).containsExactly(b.id());
        assertThat(all.providersOf(List.of("ghcr.io/my-org/c#"))).isEmpty();
    }

    @Test
    void onlyWhatIsDeclaredIsAProvider() {
        assertThat(all.isProvider(a.id())).isTrue();
        assertThat(all.isProvider(byName.id())).isFalse();
        assertThat(DeclaredInputs.NONE.isProvider(a.id())).isFalse();
    }

    @Test
    void aProviderThatChangesAppearsOrGoesTakesItsUsersWithIt() {
        var labelled = provider("a", "two", "a");
        var changed = new DeclaredInputs(Resources.declared(labelled, b, byName, byLabel, elsewhere));
        assertThat(changed.changedSince(all)).containsExactlyInAnyOrder(a.id(), byName.id(), byLabel.id());

        var without = new DeclaredInputs(Resources.declared(b, byName, byLabel, elsewhere));
        assertThat(without.changedSince(all)).containsExactlyInAnyOrder(a.id(), byName.id());
        assertThat(all.changedSince(without)).containsExactlyInAnyOrder(a.id(), byName.id());
        assertThat(all.changedSince(all)).isEmpty();
    }

    @Test
    void aSetThatChangesIsAlone() {
        var other = set("by-name", "apps", "{kind: ResourceSetInputProvider, name: b}");
        var changed = new DeclaredInputs(Resources.declared(a, b, other, byLabel, elsewhere));
        assertThat(changed.changedSince(all)).containsExactly(byName.id());
    }
}
