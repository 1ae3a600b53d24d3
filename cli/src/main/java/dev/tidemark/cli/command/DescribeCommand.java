package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.Description;
import dev.tidemark.cli.output.EventTables;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Parameters(arity = "1..*", paramLabel = "KIND [NAME]", description = "as for get")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        ObjectView view = at.instance().view();
        ObjectArguments arguments = ObjectArguments.read(words, view);
        List<Tree> objects = arguments.kinds().stream()
                .flatMap(kind -> view.list(kind.name(), namespace.name()).stream()
                        .filter(object -> arguments.mean(kind, object.name())))
                .toList();
        if (objects.isEmpty()) {
            throw new UserError("there is no "
                    + arguments.names().entrySet().stream()
                            .map(one -> one.getKey().name()
                                    + (one.getValue().isEmpty() ? "" : " '" + String.join(", ", one.getValue()) + '\''))
                            .collect(Collectors.joining(", "))
                    + " in namespace " + namespace.name() + ": './tidemark get all -A' shows what there is.");
        }
        Instant now = Instant.now();
        terminal.print(objects.stream()
                .map(object -> view.leftTo(object)
                                .map(manager -> Description.inShadowOf(manager, object))
                                .orElseGet(() -> Description.of(object))
                        + EventTables.below(view.events(object.id()), now))
                .collect(Collectors.joining("\n\n")));
        return 0;
    }
}
