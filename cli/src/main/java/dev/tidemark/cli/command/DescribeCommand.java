package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.output.Alerts;
import dev.tidemark.cli.output.Description;
import dev.tidemark.cli.output.EventTables;
import dev.tidemark.cli.run.Control;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows everything about objects, for people. */
@Command(
        name = "describe",
        description = "Show everything about objects, in the habits of kubectl describe.",
        footer = {"", "Example:", "  ./tidemark describe resourcesetinputprovider app-image-tag -n flux-system"})
final class DescribeCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ObjectsOption at = new ObjectsOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "objects of all namespaces")
    private boolean allNamespaces;

    @Parameters(arity = "1..*", paramLabel = "KIND [NAME]", description = "as for get")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Instance instance = at.instance();
        ObjectView view = instance.view();
        ObjectArguments arguments = ObjectArguments.read(words, view);
        List<Tree> objects = arguments.kinds().stream()
                .flatMap(kind -> view.list(kind.name(), allNamespaces ? "" : namespace.name()).stream()
                        .filter(object -> arguments.mean(kind, object.name())))
                .toList();
        demand(arguments, objects, view);
        boolean hasAlerts = objects.stream().anyMatch(object -> object.kind().equals(Kinds.ALERT.name()));
        Alerts alerts = hasAlerts
                ? Control.ofAll(instance, List.of(), ManagementForward.NAMESPACE)
                        .alerts()
                : Alerts.of(List.of());
        Instant now = Instant.now();
        terminal.print(objects.stream()
                .map(object -> view.leftTo(object)
                                .map(manager -> Description.inShadowOf(manager, object))
                                .orElseGet(() -> Description.of(alerts.shown(object)))
                        + EventTables.below(view.events(object.id()), now))
                .collect(Collectors.joining("\n\n")));
        return 0;
    }

    private void demand(ObjectArguments arguments, List<Tree> found, ObjectView view) {
        arguments.names().forEach((kind, names) -> names.stream()
                .filter(name -> found.stream()
                        .noneMatch(one ->
                                one.kind().equals(kind.name()) && one.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new NotThere(view, kind, namespace.name()).error(name);
                }));
        if (found.isEmpty()) {
            throw new UserError("there is no "
                    + arguments.kinds().stream().map(ObjectKind::name).collect(Collectors.joining(", "))
                    + (allNamespaces ? "" : " in namespace " + namespace.name())
                    + ": './tidemark get all -A' shows what there is.");
        }
    }
}
