package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.flux.view.Tree;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why this tag, and why not that one. */
@Command(
        name = "explain",
        description = "Say why a policy selects what it selects, or why not a certain tag.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark explain imagepolicy my-app -n flux-system",
            "  ./tidemark explain imagepolicy my-app -n flux-system 2.0.0",
            "  ./tidemark explain imagepolicy my-app -n flux-system --context ''"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Set<String> EXPLAINED = Set.of("ImagePolicy", "ResourceSetInputProvider");

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Parameters(index = "0", paramLabel = "KIND", description = "imagepolicy or resourcesetinputprovider")
    private String kindName = "";

    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "TAG", description = "default: the selected one")
    private String tag = "";

    @Override
    public Integer call() throws InterruptedException {
        ObjectKind kind = ObjectKinds.SERVED.stream()
                .filter(k -> EXPLAINED.contains(k.name()))
                .filter(k -> k.name().equalsIgnoreCase(kindName) || k.names().contains(kindName))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "'" + kindName + "' cannot be explained: write imagepolicy or resourcesetinputprovider."));
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
}
