package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.EventTables;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.ResourceEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happened to objects. */
@Command(
        name = "events",
        description = "Show what happened, the newest last, in the habits of kubectl events and flux events.",
        footer = {"", "Example:", "  ./tidemark events --for imagepolicy/my-app"})
final class EventsCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ObjectsOption at = new ObjectsOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "of all namespaces")
    private boolean allNamespaces;

    @Option(names = "--for", paramLabel = "KIND/NAME", description = "only those of one object")
    private String object = "";

    @Override
    public Integer call() {
        ObjectView view = at.instance().view();
        Predicate<ResourceId> wanted = wanted(view);
        List<ResourceEvent> events = view.events(allNamespaces ? "" : namespace.name()).stream()
                .filter(event -> wanted.test(event.object()))
                .toList();
        if (events.isEmpty()) {
            terminal.note("No events found" + (allNamespaces ? "." : " in " + namespace.name() + " namespace."));
        } else {
            terminal.print(EventTables.list(events, allNamespaces, Instant.now()));
        }
        return 0;
    }

    private Predicate<ResourceId> wanted(ObjectView view) {
        if (object.isEmpty()) {
            return _ -> true;
        }
        if (!object.contains("/")) {
            throw new UserError("'" + object + "' is not KIND/NAME: write --for imagepolicy/my-app.");
        }
        ObjectArguments arguments = ObjectArguments.read(List.of(object), view);
        String kind = arguments.kind().name();
        String name = arguments.name();
        return id -> id.kind().equals(kind) && id.name().equals(name);
    }
}
