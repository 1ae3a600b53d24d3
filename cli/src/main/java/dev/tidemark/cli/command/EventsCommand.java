package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.Event;
import dev.tidemark.cli.objects.EventStore;
import dev.tidemark.cli.objects.ObjectStore;
import dev.tidemark.cli.output.EventTables;
import dev.tidemark.cli.state.StateFolder;
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
    private StateOption state = new StateOption();

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
        StateFolder folder = state.folder();
        Predicate<Event> wanted = wanted(folder);
        List<Event> events = new EventStore(folder)
                .all().stream()
                        .filter(event -> allNamespaces || event.namespace().equals(namespace.name()))
                        .filter(wanted)
                        .toList();
        if (events.isEmpty()) {
            terminal.note("No events found" + (allNamespaces ? "." : " in " + namespace.name() + " namespace."));
        } else {
            terminal.print(EventTables.list(events, allNamespaces, Instant.now()));
        }
        return 0;
    }

    private Predicate<Event> wanted(StateFolder folder) {
        if (object.isEmpty()) {
            return _ -> true;
        }
        if (!object.contains("/")) {
            throw new UserError("'" + object + "' is not KIND/NAME: write --for imagepolicy/my-app.");
        }
        ObjectArguments arguments = ObjectArguments.read(List.of(object), new ObjectStore(folder));
        String kind = arguments.kind().name();
        String name = arguments.names().getFirst();
        return event -> event.kind().equals(kind) && event.name().equals(name);
    }
}
