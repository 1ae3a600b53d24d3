package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.CommitOrigins;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.flux.view.Tree;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why this tag, and why not that one; and what a commit was made from. */
@Command(
        name = "explain",
        description =
                "Say why a policy selects what it selects, why not a certain tag, or what a commit was made from.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark explain imagepolicy my-app -n flux-system",
            "  ./tidemark explain imagepolicy my-app -n flux-system 2.0.0",
            "  ./tidemark explain imagepolicy my-app -n flux-system --context ''",
            "  ./tidemark explain commit 1a2b3c4"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Set<String> EXPLAINED = Set.of("ImagePolicy", "ResourceSetInputProvider");

    private static final String COMMIT = "commit";

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Parameters(index = "0", paramLabel = "KIND", description = "imagepolicy, resourcesetinputprovider or commit")
    private String kindName = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "of a commit its id, or how it begins")
    private String name = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "TAG", description = "default: the selected one")
    private String tag = "";

    @Override
    public Integer call() throws InterruptedException {
        if (COMMIT.equals(kindName)) {
            return commit();
        }
        ObjectKind kind = ObjectKinds.SERVED.stream()
                .filter(k -> EXPLAINED.contains(k.name()))
                .filter(k -> k.name().equalsIgnoreCase(kindName) || k.names().contains(kindName))
                .findFirst()
                .orElseThrow(() -> new UserError("'" + kindName
                        + "' cannot be explained: write imagepolicy, resourcesetinputprovider or commit."));
        Tree answer;
        try (Evaluator evaluator = services.open()) {
            answer = evaluator.explain(kind.name(), namespace.name(), name, tag == null ? "" : tag);
        }
        terminal.line(kind.name() + ' ' + namespace.name() + '/' + name + " on " + answer.text("image"));
        terminal.line(answer.text("sentence"));
        String decided = answer.text("decision", "message");
        if (!decided.isEmpty()) {
            terminal.line("Last decision (" + answer.text("decision", "decidedAt") + "): " + decided);
        }
        return 0;
    }

    private int commit() throws InterruptedException {
        if (tag != null && !tag.isEmpty()) {
            throw new UserError("'" + tag + "' is too much: write ./tidemark explain commit " + name + ".");
        }
        try (Evaluator evaluator = services.open()) {
            terminal.print(CommitOrigins.text(evaluator.commit(name)));
        }
        return 0;
    }
}
