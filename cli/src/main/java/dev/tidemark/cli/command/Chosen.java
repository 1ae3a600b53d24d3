package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The objects that a command changes: {@code KIND NAME…}, {@code KIND/NAME…}, {@code image policy NAME} or all of a kind. */
final class Chosen {

    @Mixin
    private ObjectsOption at = new ObjectsOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(names = "--all", description = "all objects of the kind in the namespace")
    private boolean all;

    @Parameters(arity = "1..*", paramLabel = "KIND NAME…", description = "which objects; kinds as for get")
    private List<String> words = List.of();

    /** An object of a kind in a Tidemark. */
    record Target(Instance instance, ObjectKind kind, Tree object) {

        String title() {
            return kind.name() + ' ' + object.namespace() + '/' + object.name();
        }
    }

    /** In the order in which they were typed. All are looked up before the first is changed. */
    List<Target> find() {
        Instance instance = at.instance();
        ObjectView view = instance.view();
        List<Target> targets = new ArrayList<>();
        ObjectArguments.read(words, view).names().forEach((kind, names) -> {
            if (!ObjectKinds.SERVED.contains(kind)) {
                throw new UserError(kind.name() + " is rendered by a ResourceSet: name the ResourceSet instead.");
            }
            if (names.isEmpty() != all) {
                throw new UserError(
                        all
                                ? "--all and names do not go together: leave out one of both."
                                : "which " + kind.name() + "? Write its name, KIND NAME, or --all.");
            }
            if (all) {
                view.list(kind.name(), namespace.name())
                        .forEach(object -> targets.add(new Target(instance, kind, object)));
            }
            names.forEach(name -> targets.add(new Target(instance, kind, find(view, kind, name))));
        });
        if (targets.isEmpty()) {
            throw new UserError("there is none in namespace " + namespace.name()
                    + ": './tidemark get all -A' shows what there is.");
        }
        return targets;
    }

    private Tree find(ObjectView view, ObjectKind kind, String name) {
        return view.find(new ResourceId(kind.name(), namespace.name(), name))
                .orElseThrow(() -> new NotThere(view, kind, namespace.name()).error(name));
    }
}
