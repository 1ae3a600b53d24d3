package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The one object that a command changes: {@code KIND NAME}, {@code KIND/NAME} or {@code image policy NAME}. */
final class Chosen {

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Parameters(arity = "1..*", paramLabel = "KIND NAME", description = "which object; kinds as for get")
    private List<String> words = List.of();

    /** An object of a kind in a Tidemark. */
    record Target(Instance instance, ObjectKind kind, Tree object) {

        String title() {
            return kind.name() + ' ' + object.namespace() + '/' + object.name();
        }
    }

    Target find() {
        Instance instance = at.instance();
        ObjectView view = instance.view();
        ObjectArguments arguments = ObjectArguments.read(words, view);
        ObjectKind kind = arguments.kind();
        if (arguments.names().size() != 1) {
            throw new UserError("which " + kind.name() + "? Write its name: KIND NAME.");
        }
        if (!ObjectKinds.SERVED.contains(kind)) {
            throw new UserError(kind.name() + " is rendered by a ResourceSet: name the ResourceSet instead.");
        }
        String name = arguments.names().getFirst();
        Tree object = view.find(new ResourceId(kind.name(), namespace.name(), name))
                .orElseThrow(() -> new UserError("there is no " + kind.name() + " '" + name + "' in namespace "
                        + namespace.name() + ": './tidemark get " + kind.names().getLast()
                        + " -A' shows those there are."));
        return new Target(instance, kind, object);
    }
}
