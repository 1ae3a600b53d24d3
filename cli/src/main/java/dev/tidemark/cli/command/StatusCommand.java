package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.Description;
import dev.tidemark.cli.output.ObjectHealth;
import dev.tidemark.cli.output.SourceWords;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.run.RunningWords;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.Tree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is moving, waiting and failing; before all else what of the manifests somebody has to look at. */
@Command(name = "status", description = "Say what is moving, waiting and failing, and why.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Override
    public Integer call() {
        Instance instance = at.instance();
        ObjectView view = instance.view();
        SourceState source = view.source();
        terminal.print(SourceWords.first(source));
        terminal.line(RunningWords.of(instance));
        print("Unknown fields in manifests", source.problems(Severity.WARNING));
        List<Tree> objects = ObjectKinds.SERVED.stream()
                .flatMap(kind -> view.list(kind.name()).stream())
                .toList();
        if (objects.isEmpty()) {
            terminal.line("No resources: " + RunningWords.declaredIn(instance) + ".");
        }
        rows(objects, view).forEach((health, lines) -> {
            terminal.line("\n" + health.title() + " (" + lines.size() + ")");
            terminal.print(Tables.align(lines));
            if (health == ObjectHealth.State.SHADOW) {
                terminal.line("  Of these " + Description.LEFT + '.');
            }
        });
        print("Ignored manifests", source.problems(Severity.IGNORED));
        return 0;
    }

    private static Map<ObjectHealth.State, List<List<String>>> rows(List<Tree> objects, ObjectView view) {
        Set<ResourceId> there = objects.stream().map(Tree::id).collect(Collectors.toSet());
        Map<ObjectHealth.State, List<List<String>>> rows = new EnumMap<>(ObjectHealth.State.class);
        for (Tree object : objects) {
            ObjectHealth itself = ObjectHealth.of(object, there::contains);
            ObjectHealth health = view.leftTo(object).map(itself::inShadowOf).orElse(itself);
            rows.computeIfAbsent(health.state(), _ -> new ArrayList<>())
                    .add(List.of("  " + object.kind() + ' ' + object.namespace() + '/' + object.name(), health.why()));
        }
        return rows;
    }

    private void print(String title, List<Problem> problems) {
        if (!problems.isEmpty()) {
            terminal.print("\n" + SourceWords.problems(title, problems));
        }
    }
}
