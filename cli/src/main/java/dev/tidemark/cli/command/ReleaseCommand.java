package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.policies.gate.Gates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets policies go on that were held. */
@Command(
        name = "release",
        description = "Let policies go on that './tidemark hold' keeps.",
        footer = {"", "Example:", "  ./tidemark release imagepolicy my-app"})
final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Chosen chosen = new Chosen();

    @Override
    public Integer call() {
        for (Chosen.Target target : chosen.find()) {
            ResourceId id = target.object().id();
            target.instance().edits().withdraw(id, Gates.HOLD);
            String still = target.instance()
                    .view()
                    .find(id)
                    .map(now -> now.text("metadata", "annotations", Gates.HOLD))
                    .orElse("");
            if (!still.isEmpty()) {
                throw new UserError(target.title() + " is held by its manifest, on " + still + ": take " + Gates.HOLD
                        + " out of it.");
            }
            terminal.line(target.title() + " released");
        }
        return 0;
    }
}
