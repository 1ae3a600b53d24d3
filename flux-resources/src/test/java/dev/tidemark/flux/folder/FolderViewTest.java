package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see and change, against what the source and the stores of the services write and read. */
class FolderViewTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    private static final ResourceId POLICY = new ResourceId("ImagePolicy", "apps", "web");
    private static final ResourceId SET = new ResourceId("ResourceSet", "apps", "all");

    private final SteppedClock clock = new SteppedClock(NOW);
    private final Path manifests;
    private final Path state;
    private final FolderView view;
    private final FolderEdits edits;

    FolderViewTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
        this.view = new FolderView(state);
        this.edits = new FolderEdits(state);
        declare("1.x");
    }

    private void declare(String range) throws IOException {
        Files.writeString(manifests.resolve("a.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1beta2
                kind: ImagePolicy
                metadata: {name: web, namespace: apps, labels: {team: a}}
                spec: {imageRepositoryRef: {name: web}, policy: {semver: {range: %s}}}
                ---
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: all, namespace: apps}
                spec: {resources: []}
                """.formatted(range));
    }

    private FolderSource source() {
        return FolderSource.unwatched(new FolderSource.Settings(List.of(manifests), state, false, ""), clock);
    }

    private static void look(FolderSource source) {
        source.look(new FolderWatch.Seen.Everything());
    }

    @Test
    void whereNothingRanThereIsNothingAndNothingIsMade() {
        assertThat(view.list("ImagePolicy")).isEmpty();
        assertThat(view.renderedKinds()).isEmpty();
        assertThat(view.events("")).isEmpty();
        assertThat(view.source()).isEqualTo(SourceState.NONE);
        assertThat(state).doesNotExist();
    }

    @Test
    void showsWhatIsInForceWithItsStatusAndFollowsBoth() throws IOException {
        FolderSource source = source();
        FolderStatuses statuses = FolderStatuses.of(state, new FolderEvents(state, clock), source, clock);
        Resource<?> policy = source.find(POLICY).orElseThrow();
        var unused = statuses.write(policy, status("resolved to 1.2.0"), null);

        assertThat(shown().text("apiVersion")).isEqualTo("image.toolkit.fluxcd.io/v1");
        assertThat(shown().text("metadata", "uid")).isEqualTo(policy.metadata().uid());
        assertThat(shown().labels()).containsExactly(Map.entry("team", "a"));
        assertThat(range()).isEqualTo("1.x");
        assertThat(message()).isEqualTo("resolved to 1.2.0");
        assertThat(view.isInForce(POLICY)).isTrue();

        declare("2.x");
        look(source);

        assertThat(range()).as("also before a status says so").isEqualTo("2.x");
        assertThat(message()).isEqualTo("resolved to 1.2.0");
    }

    @Test
    void keepsToItselfWhatTheServicesSaidOfARefusedManifest() throws IOException {
        FolderSource source = source();
        FolderStatuses statuses = FolderStatuses.of(state, new FolderEvents(state, clock), source, clock);
        var unused = statuses.write(source.find(POLICY).orElseThrow(), status("resolved to 1.2.0"), null);

        declare("[1]");
        look(source);

        assertThat(Files.readString(state.resolve("status/ImagePolicy/apps/web.yaml")))
                .contains("said:");
        assertThat(shown().members()).doesNotContainKey("said");
        assertThat(range()).as("what was in force stays").isEqualTo("1.x");
        assertThat(view.source().problems(Severity.ERROR))
                .singleElement()
                .satisfies(problem -> assertThat(problem.object()).isEqualTo(POLICY))
                .isEqualTo(source.problems().getFirst());
    }

    @Test
    void whatIsSuspendedIsShownAndTakenUpInTheWayOfItsKind() {
        FolderSource source = source();

        edits.annotate(POLICY, Map.of("a", "1"));
        edits.suspend(POLICY, true);
        edits.annotate(POLICY, Map.of("b", "2"));
        edits.suspend(SET, true);
        look(source);

        assertThat(shown().find("spec", "suspend")).isEqualTo(true);
        assertThat(shown().texts("metadata", "annotations")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(source.find(POLICY).orElseThrow().metadata().annotations()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(source.find(SET).orElseThrow().annotation("fluxcd.controlplane.io/reconcile"))
                .isEqualTo("disabled");
        assertThat(view.find(SET).orElseThrow().text("metadata", "annotations", "fluxcd.controlplane.io/reconcile"))
                .isEqualTo("disabled");

        edits.suspend(POLICY, false);

        assertThat(shown().find("spec", "suspend")).isEqualTo(false);
    }

    @Test
    void showsEventsTheNewestLast() {
        FolderSource source = source();
        FolderEvents events = new FolderEvents(state, clock);
        events.record(source.find(POLICY).orElseThrow(), EventRecorder.Type.NORMAL, "Succeeded", "resolved");
        clock.advance(Duration.ofMinutes(1));
        events.record(
                source.find(SET).orElseThrow(), EventRecorder.Type.WARNING, "BuildFailed", "no such field: x\nhere");
        clock.advance(Duration.ofMinutes(1));
        events.record(source.find(POLICY).orElseThrow(), EventRecorder.Type.NORMAL, "Succeeded", "resolved");

        assertThat(view.events(""))
                .extracting(one -> one.object() + " " + one.event().type() + " "
                        + one.event().message() + " x" + one.event().count())
                .containsExactly(SET + " Warning no such field: x\nhere x1", POLICY + " Normal resolved x2");
        assertThat(view.events(POLICY)).hasSize(1);
    }

    @Test
    void showsWhatWasRenderedWhateverItsKind() throws IOException {
        Path rendered = Files.createDirectories(state.resolve("objects/apps/ConfigMap"));
        Files.writeString(rendered.resolve("settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: apps}
                data: {a: b}
                """);
        Files.writeString(rendered.resolve(".settings.yaml.new"), "half");

        assertThat(view.renderedKinds()).containsExactly("ConfigMap");
        assertThat(view.list("ConfigMap")).extracting(Tree::name).containsExactly("settings");
    }

    private static ImagePolicyStatus status(String message) {
        return new ImagePolicyStatus(
                List.of(new Condition("Ready", "True", "Succeeded", message, 1, NOW)), null, null, null, null, 1, null);
    }

    private Tree shown() {
        return view.find(POLICY).orElseThrow();
    }

    private String range() {
        return shown().text("spec", "policy", "semver", "range");
    }

    private String message() {
        return shown().trees("status", "conditions").getFirst().text("message");
    }
}
