package dev.tidemark.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Look after a suspended resource again. */
@Command(
        name = "resume",
        description = "Look after a suspended resource again.",
        footer = {"", "Example:", "  ./tidemark resume imageupdateautomation flux-system"})
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Chosen chosen = new Chosen();

    @Override
    public Integer call() {
        for (Chosen.Target target : chosen.find()) {
            target.instance().edits().suspend(target.object().id(), false);
            terminal.line(target.title() + " resumed");
        }
        return 0;
    }
}
