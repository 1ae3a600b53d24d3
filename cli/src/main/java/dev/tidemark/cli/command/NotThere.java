package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import dev.tidemark.policies.Spelling;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An object that somebody named and that is not there: what they may have meant, or where to look. */
record NotThere(ObjectView view, ObjectKind kind, String namespace) {

    /** With the remedy. */
    UserError error(String name) {
        return new UserError("there is no " + kind.name() + " '" + name + "' in namespace " + namespace + ": "
                + near(name)
                        .map(near -> "did you mean " + near + '?')
                        .or(() -> elsewhere(name))
                        .orElse("'./tidemark get " + kind.names().getLast() + " -A' shows those there are."));
    }

    /** One that is spelled nearly so, or the only one that begins so. */
    private Optional<String> near(String name) {
        List<String> here =
                view.list(kind.name(), namespace).stream().map(Tree::name).toList();
        List<String> longer = here.stream().filter(one -> one.startsWith(name)).toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Spelling.nearest(name, here);
    }

    private Optional<String> elsewhere(String name) {
        List<String> namespaces = everywhere().stream()
                .filter(object -> object.name().equals(name))
                .map(Tree::namespace)
                .toList();
        return namespaces.isEmpty()
                ? Optional.empty()
                : Optional.of("there is one in " + namespaces.stream().sorted().collect(Collectors.joining(", "))
                        + ", write -n " + namespaces.getFirst() + '.');
    }

    /** Who may look into one namespace only has none elsewhere. */
    private List<Tree> everywhere() {
        try {
            return view.list(kind.name());
        } catch (UncheckedIOException refused) {
            return List.of();
        }
    }
}
