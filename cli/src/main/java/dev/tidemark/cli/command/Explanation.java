package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UnknownToServices;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.output.Moment;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** What the evaluator says of a policy. */
final class Explanation {

    /** The kinds that select something. */
    static final Set<String> POLICIES = Set.of("ImagePolicy", "ResourceSetInputProvider");

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    /** Whoever opens it closes it. */
    Evaluator open() {
        return services.open();
    }

    /**
     * Why a policy selects what it selects.
     *
     * @param policy the words for it
     * @param tag another one; empty for the selected one
     */
    String of(List<String> policy, String tag) throws InterruptedException {
        ObjectArguments arguments = ObjectArguments.read(policy, List.of());
        String kind = arguments.kind().name();
        String name = arguments.name();
        if (!POLICIES.contains(kind)) {
            throw new UserError(kind + " cannot be explained: write imagepolicy, resourcesetinputprovider or commit.");
        }
        Tree answer;
        try (Evaluator evaluator = services.open()) {
            answer = evaluator.explain(kind, namespace.name(), name, tag);
        } catch (UnknownToServices unknown) {
            throw misspelled(arguments.kind(), name).orElse(unknown);
        }
        StringBuilder text = new StringBuilder(kind + ' ' + namespace.name() + '/' + name + " on "
                + answer.text("image") + '\n' + answer.text("sentence") + '\n');
        String decided = answer.text("decision", "message");
        if (!decided.isEmpty()) {
            text.append("Last decision (" + Moment.of(answer.text("decision", "decidedAt")) + "): " + decided + '\n');
        }
        return text.toString();
    }

    /** The log knows policies by what it was told: who spells one wrongly is helped by those who know the objects. */
    private Optional<UserError> misspelled(ObjectKind kind, String name) {
        try {
            return services.view()
                    .filter(view -> view.find(new ResourceId(kind.name(), namespace.name(), name))
                            .isEmpty())
                    .map(view -> new NotThere(view, kind, namespace.name()).error(name));
        } catch (UncheckedIOException mayNotLook) {
            return Optional.empty();
        }
    }
}
