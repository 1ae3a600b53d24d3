package dev.tidemark.renderer.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.folder.FolderStatusStore;
import dev.tidemark.renderer.Resources;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.folder.FolderObjectStore;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passes over the seed's ResourceSet in a folder. */
class ResourceSetReconcilerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Resource<ResourceSetSpec> resourceSet = Resources.seed(Kinds.RESOURCE_SET, "resourceset.yaml");
    private final Resource<ResourceSetInputProviderSpec> provider =
            Resources.seed(Kinds.RESOURCE_SET_INPUT_PROVIDER, "resourcesetinputprovider.yaml");
    private final SeenSelections seen = new SeenSelections();
    private final List<Event> announced = new ArrayList<>();
    private final List<@Nullable String> causes = new ArrayList<>();

    private Path folder;
    private FolderStatusStore statuses;
    private ResourceSetReconciler reconciler;
    private @Nullable Envelope<Event.TagSelected> selection;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        var yaml = new GoYamlDocuments();
        statuses = new FolderStatusStore(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        reconciler = new ResourceSetReconciler(
                "local",
                (namespace, name) -> new ProviderFacts(selection, null, null, null),
                new ResourceSetRendering(yaml, true),
                new FolderObjectStore(folder.resolve("objects"), yaml, Clock.fixed(NOW, ZoneOffset.UTC)),
                statuses,
                (event, cause, occasion) -> {
                    announced.add(event);
                    causes.add(cause == null ? null : cause.id());
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void rendersTheSeedsKustomization() throws IOException {
        selection = selected(1, "1.4.2", "1.4.1");

        assertThat(pass()).isEqualTo(Pass.DONE);

        assertThat(object()).hasContent("""
                        apiVersion: kustomize.toolkit.fluxcd.io/v1
                        kind: Kustomization
                        metadata:
                          creationTimestamp: "2026-01-02T03:04:05Z"
                          labels:
                            resourceset.fluxcd.controlplane.io/name: my-app
                            resourceset.fluxcd.controlplane.io/namespace: flux-system
                            resourceset.fluxcd.io/name: my-app
                            resourceset.fluxcd.io/namespace: flux-system
                          name: my-app
                          namespace: flux-system
                        spec:
                          interval: 10m
                          postBuild:
                            substitute:
                              APP_IMAGE_TAG: 1.4.2
                          prune: true
                          sourceRef:
                            kind: OCIRepository
                            name: my-app-manifests
                          timeout: 5m
                          wait: true
                        """);
        assertThat(new GoYamlDocuments().first(Files.readString(object())))
                .asString()
                .contains("APP_IMAGE_TAG=1.4.2");
        try (var files = Files.walk(folder.resolve("objects"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
        assertThat(status().inventory())
                .isEqualTo(new ResourceSetStatus.Inventory(List.of(new ResourceSetStatus.Entry(
                        "flux-system_my-app_kustomize.toolkit.fluxcd.io_Kustomization", "v1"))));
        assertThat(ready().reason()).isEqualTo("ReconciliationSucceeded");
        assertThat(announced).singleElement().isInstanceOfSatisfying(Event.Rendered.class, rendered -> {
            assertThat(rendered.resourceSet()).isEqualTo("flux-system/my-app");
            assertThat(rendered.objects()).containsExactly("Kustomization/flux-system/my-app created");
            assertThat(rendered.revision()).isEqualTo(status().lastAppliedRevision());
        });
        assertThat(causes).containsExactly(Objects.requireNonNull(selection).id());
    }

    @Test
    void aPassTooManyChangesNothing() {
        selection = selected(1, "1.4.2");
        pass();
        announced.clear();

        assertThat(pass()).isEqualTo(Pass.DONE);

        assertThat(announced).isEmpty();
    }

    @Test
    void repairsWhatSomebodyChanged() throws IOException {
        selection = selected(1, "1.4.2");
        pass();
        Files.writeString(object(), Files.readString(object()).replace("1.4.2", "9.9.9"));

        pass();

        assertThat(object()).content().contains("APP_IMAGE_TAG: 1.4.2");
    }

    @Test
    void aSelectionThatIsKnownAndEmptyDeletesTheObjects() {
        selection = selected(1, "1.4.2");
        pass();
        selection = selected(2);

        pass();

        assertThat(object()).doesNotExist();
        assertThat(Objects.requireNonNull(status().inventory()).entries()).isEmpty();
        assertThat(announced.getLast())
                .isInstanceOfSatisfying(Event.Rendered.class, rendered -> assertThat(rendered.objects())
                        .containsExactly("Kustomization/flux-system/my-app deleted"));
    }

    @Test
    void aSelectionThatIsNotKnownKeepsTheObjects() {
        selection = selected(1, "1.4.2");
        pass();
        selection = null;

        assertThat(pass()).isEqualTo(Pass.PARKED);

        assertThat(object()).exists();
        assertThat(Objects.requireNonNull(status().inventory()).entries()).hasSize(1);
    }

    @Test
    void aMissingProviderStallsAndKeepsTheObjects() {
        selection = selected(1, "1.4.2");
        pass();

        Pass pass = reconciler.reconcile(resourceSet, Resources.declared(resourceSet), seen, NOW);

        assertThat(pass).isEqualTo(Pass.PARKED);
        assertThat(object()).exists();
        assertThat(ready().reason()).isEqualTo("BuildFailed");
        assertThat(ready().message()).contains("flux-system/app-image-tag", "not found");
        assertThat(status().conditions()).extracting(Condition::type).contains("Stalled");
        assertThat(announced.getLast()).isInstanceOf(Event.UpdateRefused.class);
    }

    @Test
    void aSuspendedOneIsLeftAlone() {
        selection = selected(1, "1.4.2");
        var suspended = Resources.of(Kinds.RESOURCE_SET, """
                        apiVersion: fluxcd.controlplane.io/v1
                        kind: ResourceSet
                        metadata:
                          name: my-app
                          namespace: flux-system
                          annotations: {fluxcd.controlplane.io/reconcile: Disabled}
                        spec: {resources: []}
                        """);

        assertThat(reconciler.reconcile(suspended, Resources.declared(suspended), seen, NOW))
                .isEqualTo(Pass.PARKED);

        assertThat(folder.resolve("status")).doesNotExist();
    }

    @Test
    void theEndDeletesOwnObjectsOnly() throws IOException {
        selection = selected(1, "1.4.2");
        pass();
        Path foreign = object().resolveSibling("other.yaml");
        Files.copy(object(), foreign);

        assertThat(reconciler.end(resourceSet.id(), false)).isEqualTo(Pass.ENDED);

        assertThat(object()).doesNotExist();
        assertThat(foreign).exists();
        assertThat(statuses.read(resourceSet.id(), ResourceSetStatus.class)).isEmpty();
    }

    @Test
    void theEndOfASuspendedOneLeavesItsObjects() {
        selection = selected(1, "1.4.2");
        pass();

        reconciler.end(resourceSet.id(), true);

        assertThat(object()).exists();
    }

    @Test
    void aFileOfSomebodyElseIsAFailureAndStays() throws IOException {
        selection = selected(1, "1.4.2");
        Files.createDirectories(object().getParent());
        Files.writeString(object(), "kind: Kustomization\n");

        assertThat(pass()).isEqualTo(Pass.RETRY);

        assertThat(object()).hasContent("kind: Kustomization");
        assertThat(ready().reason()).isEqualTo("ReconciliationFailed");
        assertThat(ready().message()).contains("was not written by a ResourceSet");
        assertThat(announced).singleElement().isInstanceOf(Event.UpdateFailed.class);
    }

    private Pass pass() {
        return reconciler.reconcile(resourceSet, Resources.declared(resourceSet, provider), seen, NOW);
    }

    private Path object() {
        return folder.resolve("objects/flux-system/Kustomization/my-app.yaml");
    }

    private ResourceSetStatus status() {
        return statuses.read(resourceSet.id(), ResourceSetStatus.class).orElseThrow();
    }

    private Condition ready() {
        return status().conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private static Envelope<Event.TagSelected> selected(long sequence, String... tags) {
        List<SelectedTag> selected = new ArrayList<>();
        for (String tag : tags) {
            selected.add(new SelectedTag(tag, null));
        }
        return Envelope.first(
                new Event.TagSelected(
                        new Target("local", "ResourceSetInputProvider", "flux-system", "app-image-tag"),
                        new ImageName("ghcr.io/my-org/my-app"),
                        "ghcr.io/my-org/my-app",
                        selected,
                        List.of(),
                        sequence,
                        NOW.plusSeconds(sequence)),
                "policy-evaluator",
                NOW);
    }
}
