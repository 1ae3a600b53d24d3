package dev.tidemark.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Leave a resource alone until it is resumed. */
@Command(
        name = "suspend",
        description = "Leave a resource alone until it is resumed.",
        footer = {"", "Example:", "  ./tidemark suspend imageupdateautomation flux-system"})
final class SuspendCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Chosen chosen = new Chosen();

    @Override
    public Integer call() {
        for (Chosen.Target target : chosen.find()) {
            target.instance().edits().suspend(target.object().id(), true);
            terminal.line(target.title() + " suspended");
        }
        return 0;
    }
}
