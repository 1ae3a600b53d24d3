package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.CommitOrigins;
import dev.tidemark.cli.run.Evaluator;
import java.util.List;
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

    static final String COMMIT = "commit";

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Explanation explanation = new Explanation();

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND NAME [TAG]",
            description =
                    "an imagepolicy or resourcesetinputprovider, by default with the selected tag; or a commit with its"
                            + " id, or how that begins")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        List<String> joined = ObjectKinds.joinTwoWords(words);
        if (joined.getFirst().equals(COMMIT)) {
            return commit(joined);
        }
        int policy = joined.getFirst().contains("/") ? 1 : 2;
        if (joined.size() > policy + 1) {
            throw new UserError("'" + joined.getLast() + "' is too much: write ./tidemark explain KIND NAME [TAG].");
        }
        terminal.print(explanation.of(
                joined.subList(0, Math.min(policy, joined.size())), joined.size() > policy ? joined.getLast() : ""));
        return 0;
    }

    private int commit(List<String> commit) throws InterruptedException {
        if (commit.size() < 2) {
            throw new UserError("which commit? Write ./tidemark explain commit SHA.");
        }
        if (commit.size() > 2) {
            throw new UserError(
                    "'" + commit.getLast() + "' is too much: write ./tidemark explain commit " + commit.get(1) + ".");
        }
        try (Evaluator evaluator = explanation.open()) {
            terminal.print(CommitOrigins.text(evaluator.commit(commit.getLast())));
        }
        return 0;
    }
}
