package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.util.List;

/** What an object works from, and is looked at before it with {@code --with-source}. */
final class MadeFrom {

    private MadeFrom() {}

    /** The object that it names as its source. */
    static Chosen.Target of(Chosen.Target target) {
        String kind = target.kind().name();
        if (kind.equals(Kinds.IMAGE_POLICY.name())) {
            return named(target, Kinds.IMAGE_REPOSITORY.name(), "imageRepositoryRef");
        }
        if (kind.equals(Kinds.IMAGE_UPDATE_AUTOMATION.name())) {
            return named(target, Kinds.GIT_REPOSITORY.name(), "sourceRef");
        }
        throw new UserError("--with-source goes with imagepolicy and imageupdateautomation: a " + kind
                + " names no source, leave it out.");
    }

    private static Chosen.Target named(Chosen.Target target, String kind, String reference) {
        Tree object = target.object();
        String namespace = object.text("spec", reference, "namespace");
        ResourceId id = new ResourceId(
                kind, namespace.isEmpty() ? object.namespace() : namespace, object.text("spec", reference, "name"));
        ObjectKind shown = ObjectKinds.named(kind, List.of()).getFirst();
        return target.instance()
                .view()
                .find(id)
                .map(source -> new Chosen.Target(target.instance(), shown, source))
                .orElseThrow(() -> new UserError(target.title() + " names " + kind + ' ' + id.namespace() + '/'
                        + id.name() + ", which is not there: declare it, or leave out --with-source."));
    }
}
