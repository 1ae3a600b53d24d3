package dev.tidemark.renderer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.folder.FolderStatusStore;
import dev.tidemark.renderer.Resources;
import dev.tidemark.renderer.domain.reconcile.ProviderFacts;
import dev.tidemark.renderer.domain.reconcile.ProviderLog;
import dev.tidemark.renderer.domain.reconcile.ProviderReconciler;
import dev.tidemark.renderer.domain.reconcile.ResourceSetReconciler;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.folder.FolderObjectStore;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a pass throws is a condition of its resource, with a retry; the lane goes on. */
class ResourcePassesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final ResourceId PROVIDER = new ResourceId("ResourceSetInputProvider", "apps", "api");
    private static final ResourceId SET = new ResourceId("ResourceSet", "apps", "api");

    private final Resource<?> provider = Resources.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSetInputProvider
            metadata: {name: api, namespace: apps}
            spec: {type: OCIArtifactTag, url: "oci://registry.example.com/team/api"}
            """);
    private final Resource<?> set = Resources.of(Kinds.RESOURCE_SET, """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSet
            metadata: {name: api, namespace: apps}
            spec:
              inputsFrom: [{kind: ResourceSetInputProvider, name: api}]
              resources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: api, namespace: apps}}]
            """);
    private final List<Event> announced = new ArrayList<>();
    private ProviderLog log = (namespace, name) -> ProviderFacts.NONE;
    private FolderStatusStore statuses;
    private ResourcePasses passes;

    @BeforeEach
    void start(@TempDir Path folder) {
        statuses = new FolderStatusStore(folder, CLOCK);
        var yaml = new GoYamlDocuments();
        ProviderLog late = (namespace, name) -> log.facts(namespace, name);
        passes = new ResourcePasses(
                new Declared(Resources.declared(provider, set)),
                new ResourceSetReconciler(
                        "local",
                        late,
                        new ResourceSetRendering(yaml, true),
                        new FolderObjectStore(folder.resolve("objects"), yaml, CLOCK),
                        statuses,
                        (event, cause, occasion) -> announced.add(event),
                        CLOCK),
                new ProviderReconciler(late, statuses, CLOCK),
                statuses,
                () -> new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, new Random(1)),
                CLOCK);
    }

    private record Declared(ResourceSnapshot current) implements ResourceSource {
        @Override
        public Registration onChange(Consumer<ResourceSnapshot> listener) {
            return () -> {};
        }
    }

    @Test
    void aFaultOfAnyKindIsAConditionAndARetry() {
        for (Throwable fault : List.of(
                new IllegalArgumentException("the value 'https://u:secret@x' is wrong"),
                new StackOverflowError(),
                new ClassCastException("class java.lang.Integer cannot be cast"),
                new AssertionError())) {
            log = (namespace, name) -> {
                throw sneaky(fault);
            };

            Lane.Work provided = passes.of(PROVIDER, () -> true);
            Lane.Work rendered = passes.of(SET, () -> true);
            assertThat(provided.pass()).isEqualTo(Duration.ofSeconds(1));
            assertThat(provided.pass()).isEqualTo(Duration.ofSeconds(2));
            assertThat(rendered.pass()).isEqualTo(Duration.ofSeconds(1));
            assertThat(provided.isOver()).isFalse();

            for (Condition ready : List.of(ready(PROVIDER), ready(SET))) {
                assertThat(ready.status()).isNotEqualTo("True");
                assertThat(ready.reason()).isEqualTo("ReconciliationFailed");
                assertThat(ready.message()).isNotBlank().doesNotContain("java", "secret");
            }
            assertThat(announced).isNotEmpty().allMatch(Event.UpdateFailed.class::isInstance);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
        throw (T) fault;
    }

    private Condition ready(ResourceId id) {
        List<Condition> conditions = id.equals(SET)
                ? statuses.read(id, ResourceSetStatus.class).orElseThrow().conditions()
                : statuses.read(id, ResourceSetInputProviderStatus.class)
                        .orElseThrow()
                        .conditions();
        return conditions.stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
