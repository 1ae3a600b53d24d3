package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Which objects a command line is about that is not whole yet. */
@Command
final class Where {

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(names = {"-A", "--all-namespaces"})
    private boolean allNamespaces;

    @Unmatched
    private List<String> unused = new ArrayList<>();

    private Where() {}

    static Where of(List<String> words) {
        Where where = new Where();
        CommandLine line = new CommandLine(where);
        // the last option may be without the value that is about to be completed
        line.getCommandSpec().parser().collectErrors(true);
        var unused = line.parseArgs(words.toArray(String[]::new));
        return where;
    }

    /** Of objects of this kind or these kinds, as somebody typed it. */
    List<String> names(String kinds) {
        ObjectView view = at.instance().view();
        return ObjectKinds.named(kinds, view.renderedKinds()).stream()
                .flatMap(kind -> view.list(kind.name(), allNamespaces ? "" : namespace.name()).stream())
                .map(Tree::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** In which there are objects. */
    List<String> namespaces() {
        ObjectView view = at.instance().view();
        return ObjectKinds.SERVED.stream()
                .map(ObjectKind::name)
                .flatMap(kind -> view.list(kind).stream())
                .map(Tree::namespace)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    List<String> contexts() {
        return ClusterInstance.contexts(at.kubeconfig());
    }
}
