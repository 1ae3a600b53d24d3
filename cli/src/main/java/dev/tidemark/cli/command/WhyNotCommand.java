package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why not this tag: the other half of {@code explain}. */
@Command(
        name = "why-not",
        description = "Say why a policy does not select a certain tag.",
        footer = {"", "Example:", "  ./tidemark why-not imagepolicy/my-app 2.0.0"})
final class WhyNotCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Explanation explanation = new Explanation();

    @Parameters(arity = "2..*", paramLabel = "KIND NAME TAG", description = "a policy, and the tag")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        List<String> policy = words.subList(0, words.size() - 1);
        if (policy.size() == 1 && !policy.getFirst().contains("/")) {
            throw new UserError("which tag? Write './tidemark why-not KIND NAME TAG'.");
        }
        terminal.print(explanation.of(policy, words.getLast()));
        return 0;
    }
}
