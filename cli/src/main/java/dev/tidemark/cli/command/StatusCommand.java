package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.objects.ObjectStore;
import dev.tidemark.cli.output.ObjectHealth;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.run.Health;
import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.cli.state.ManifestProblems;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is moving, waiting and failing. */
@Command(name = "status", description = "Say what is moving, waiting and failing, and why.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Override
    public Integer call() {
        StateFolder folder = state.folder();
        terminal.line(folder.endpoints()
                .map(e -> "Tidemark " + e.version() + " runs at " + e.http() + " (process " + e.pid() + ")" + health(e))
                .orElse("Nothing runs on " + folder.root() + "; this is what was known last."));
        Map<ObjectHealth.State, List<List<String>>> rows = new EnumMap<>(ObjectHealth.State.class);
        ObjectStore store = new ObjectStore(folder);
        for (ObjectKind kind : ObjectKinds.SERVED) {
            for (Tree object : store.list(kind)) {
                ObjectHealth health = ObjectHealth.of(object, Instant.now());
                rows.computeIfAbsent(health.state(), _ -> new ArrayList<>())
                        .add(List.of(
                                "  " + kind.name() + ' ' + object.namespace() + '/' + object.name(), health.why()));
            }
        }
        ManifestProblems manifests = folder.manifestProblems();
        print("Unreadable manifests", manifests.unreadable());
        print("Unknown fields in manifests", manifests.warnings());
        if (rows.isEmpty()) {
            terminal.line("No resources: write manifests into " + folder.run().manifests() + ".");
        }
        rows.forEach((health, lines) -> {
            terminal.line("\n" + health.title() + " (" + lines.size() + ")");
            terminal.print(Tables.align(lines));
        });
        print("Ignored manifests", manifests.ignored());
        return 0;
    }

    /** The process itself is asked: that it is there does not mean that it works. */
    private static String health(Endpoints endpoints) {
        return switch (Health.of(endpoints)) {
            case READY -> ".";
            case NOT_READY -> ", but is NOT READY: './tidemark logs' may say why.";
            case SILENT ->
                ", but DOES NOT ANSWER; this is what was known last. See './tidemark logs', end process "
                        + endpoints.pid() + " and start it again.";
        };
    }

    private void print(String title, List<ManifestProblems.Problem> problems) {
        if (!problems.isEmpty()) {
            terminal.line("\n" + title + " (" + problems.size() + ")");
            terminal.print(Tables.align(problems.stream()
                    .map(problem -> List.of("  " + problem.where(), problem.message()))
                    .toList()));
        }
    }
}
