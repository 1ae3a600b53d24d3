package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.Shadow;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.folder.FolderObjectStore;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over the seed's ResourceSet in a folder. */
class ResourceSetReconcilerTest {

    private static final String SUSPENDED = "fluxcd.controlplane.io/reconcile: Disabled";
    private static final String SHADOW = Shadow.ANNOTATION + ": flux-operator";

    private final Resource<ResourceSetSpec> resourceSet = Samples.seed(Kinds.RESOURCE_SET, "resourceset.yaml");
    private final Resource<ResourceSetInputProviderSpec> provider =
            Samples.seed(Kinds.RESOURCE_SET_INPUT_PROVIDER, "resourcesetinputprovider.yaml");
    private final Renderers renderers = new Renderers(1);

    private Path folder;
    private Renderers.One one;
    private ProviderFacts selection = ProviderFacts.NONE;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        one = replica("one");
    }

    private Renderers.One replica(String name) {
        var objects = new FolderObjectStore(
                folder.resolve("objects"),
                new GoYamlDocuments(),
                renderers.world.replica(name + " files").clock());
        return renderers.replica(name, objects, objects::owners);
    }

    @AfterEach
    void end() {
        renderers.close();
    }

    @Test
    void rendersTheSeedsKustomization() throws IOException {
        select(Renderers.selected(1, "1.4.2", "1.4.1"));

        run();

        assertThat(object()).hasContent("""
                        apiVersion: kustomize.toolkit.fluxcd.io/v1
                        kind: Kustomization
                        metadata:
                          creationTimestamp: "2026-03-01T12:00:00Z"
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
        assertThat(events()).singleElement().isInstanceOfSatisfying(Event.Rendered.class, rendered -> {
            assertThat(rendered.resourceSet()).isEqualTo("flux-system/my-app");
            assertThat(rendered.objects()).containsExactly("Kustomization/flux-system/my-app created");
            assertThat(rendered.revision()).isEqualTo(status().lastAppliedRevision());
        });
        assertThat(renderers.published)
                .extracting(Envelope::causationid)
                .containsExactly(Objects.requireNonNull(selection.selection()).id());
    }

    @Test
    void aRunTooManyChangesNothing() {
        select(Renderers.selected(1, "1.4.2"));
        run();
        renderers.published.clear();

        run();

        assertThat(events()).isEmpty();
    }

    @Test
    void repairsWhatSomebodyChanged() throws IOException {
        select(Renderers.selected(1, "1.4.2"));
        run();
        Files.writeString(object(), Files.readString(object()).replace("1.4.2", "9.9.9"));

        run();

        assertThat(object()).content().contains("APP_IMAGE_TAG: 1.4.2");
    }

    @Test
    void aSelectionThatIsKnownAndEmptyDeletesTheObjects() {
        select(Renderers.selected(1, "1.4.2"));
        run();
        select(Renderers.selected(2));

        run();

        assertThat(object()).doesNotExist();
        assertThat(Objects.requireNonNull(status().inventory()).entries()).isEmpty();
        assertThat(events().getLast())
                .isInstanceOfSatisfying(Event.Rendered.class, rendered -> assertThat(rendered.objects())
                        .containsExactly("Kustomization/flux-system/my-app deleted"));
    }

    @Test
    void aSelectionThatIsNotKnownKeepsTheObjects() {
        select(Renderers.selected(1, "1.4.2"));
        run();
        select(ProviderFacts.NONE);

        run();

        assertThat(object()).exists();
        assertThat(Objects.requireNonNull(status().inventory()).entries()).hasSize(1);
    }

    @Test
    void aMissingProviderStallsAndKeepsTheObjects() {
        select(Renderers.selected(1, "1.4.2"));
        run();

        one.declare(resourceSet);
        renderers.world.settle();

        assertThat(object()).exists();
        assertThat(ready().reason()).isEqualTo("BuildFailed");
        assertThat(ready().message()).contains("flux-system/app-image-tag", "not found");
        assertThat(status().conditions()).extracting(Condition::type).contains("Stalled");
        assertThat(events().getLast()).isInstanceOf(Event.UpdateRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {SUSPENDED, SHADOW})
    void oneThatIsSuspendedOrSomebodyElsesIsLeftAlone(String annotations) {
        select(Renderers.selected(1, "1.4.2"));
        one.declare(annotated(annotations));
        renderers.world.settle();

        assertThat(statuses().find(resourceSet.id(), ResourceSetStatus.class)).isEmpty();
    }

    @Test
    void theEndDeletesOwnObjectsOnly() throws IOException {
        select(Renderers.selected(1, "1.4.2"));
        run();
        Path foreign = object().resolveSibling("other.yaml");
        Files.copy(object(), foreign);

        one.declare(provider);
        renderers.world.settle();

        assertThat(object()).doesNotExist();
        assertThat(foreign).exists();
        assertThat(statuses().find(resourceSet.id(), ResourceSetStatus.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SUSPENDED, SHADOW})
    void itsEndLeavesItsObjects(String annotations) {
        select(Renderers.selected(1, "1.4.2"));
        run();

        one.declare(annotated(annotations), provider);
        renderers.world.settle();
        one.declare(provider);
        renderers.world.settle();

        assertThat(object()).exists();
        assertThat(statuses().find(resourceSet.id(), ResourceSetStatus.class)).isEmpty();
    }

    @Test
    void aFileOfSomebodyElseIsAFailureAndStays() throws IOException {
        select(Renderers.selected(1, "1.4.2"));
        Files.createDirectories(object().getParent());
        Files.writeString(object(), "kind: Kustomization\n");

        run();

        assertThat(object()).hasContent("kind: Kustomization");
        assertThat(ready().reason()).isEqualTo("ReconciliationFailed");
        assertThat(ready().message()).contains("was not written by a ResourceSet");
        assertThat(events()).singleElement().isInstanceOf(Event.UpdateFailed.class);

        Files.delete(object());
        renderers.world.pass(Duration.ofSeconds(1));
        assertThat(object()).content().contains("APP_IMAGE_TAG: 1.4.2");
    }

    @Test
    void whatMayOnlyBeUnreadableIsDeletedOnceTheSourceKnowsThatItIsGone() {
        select(Renderers.selected(1, "1.4.2"));
        run();
        one.work.close();
        one = replica("two");
        one.doubtful.add(resourceSet.id());
        one.declare(provider);
        renderers.world.settle();
        assertThat(object()).exists();

        one.doubtful.clear();
        one.resources.delete(resourceSet.id());
        renderers.world.settle();

        assertThat(object()).doesNotExist();
        assertThat(statuses().find(resourceSet.id(), ResourceSetStatus.class)).isEmpty();
    }

    @Test
    void whatWasDeletedWhileNobodyLookedIsFound() {
        select(Renderers.selected(1, "1.4.2"));
        run();
        one.work.close();

        one = replica("two");
        one.declare(provider);
        renderers.world.settle();

        assertThat(object()).doesNotExist();
        assertThat(one.work.problem()).isEmpty();
    }

    @Test
    void isLookedAtAgainAfterItsInterval() throws IOException {
        select(Renderers.selected(1, "1.4.2"));
        run();
        Files.delete(object());

        renderers.world.pass(Duration.ofMinutes(64));

        assertThat(object()).exists();
    }

    @Test
    void aSelectionReachesTheSetsThatUseItsProviderAndNoOther() throws IOException {
        select(Renderers.selected(1, "1.4.2"));
        run();
        Files.delete(object());
        one.work.selected(Set.of(new ResourceId(provider.id().kind(), "flux-system", "another")));
        renderers.world.settle();
        assertThat(object()).doesNotExist();

        one.work.selected(Set.of(provider.id()));
        renderers.world.settle();
        assertThat(object()).exists();
    }

    private void select(ProviderFacts facts) {
        selection = facts;
        renderers.append(provider.id(), facts);
    }

    private void run() {
        one.declare(resourceSet, provider);
        one.hear(provider.id());
        renderers.world.settle();
    }

    private List<Event> events() {
        return renderers.events();
    }

    private MemoryStatuses statuses() {
        return renderers.statuses;
    }

    private static Resource<ResourceSetSpec> annotated(String annotations) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata:
                  name: my-app
                  namespace: flux-system
                  annotations: {%s}
                spec: {resources: []}
                """.formatted(annotations));
    }

    private Path object() {
        return folder.resolve("objects/flux-system/Kustomization/my-app.yaml");
    }

    private ResourceSetStatus status() {
        return statuses().find(resourceSet.id(), ResourceSetStatus.class).orElseThrow();
    }

    private Condition ready() {
        return status().conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
