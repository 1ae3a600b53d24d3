package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.policies.gate.Gates;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps policies where they are, until they are released. */
@Command(
        name = "hold",
        description = "Keep policies on a version, or have them skip some, until './tidemark release'.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark hold imagepolicy my-app                      on what it selects now",
            "  ./tidemark hold imagepolicy my-app --at 1.4.2           also back to it",
            "  ./tidemark hold imagepolicy my-app --at '!1.5.0,!1.5.1' skips these"
        })
final class HoldCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--at",
            paramLabel = "VERSION",
            description = "a version, or some with '!'; default: the selected tag")
    private String at = "";

    @Override
    public Integer call() {
        for (Chosen.Target target : chosen.find()) {
            if (!Explanation.POLICIES.contains(target.kind().name())) {
                throw new UserError(
                        target.kind().name() + " selects nothing: hold its imagepolicy or resourcesetinputprovider.");
            }
            String held = at.isEmpty() ? target.object().text("status", "latestRef", "tag") : at;
            if (held.isEmpty()) {
                throw new UserError(target.title() + " selects nothing that it could be held on: say --at VERSION.");
            }
            target.instance().edits().annotate(target.object().id(), Map.of(Gates.HOLD, held));
            terminal.line(target.title() + " held: " + held);
        }
        return 0;
    }
}
