package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.Overrides;
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
        Chosen.Target target = chosen.find();
        new Overrides(target.state()).suspend(target.object(), true);
        terminal.line(target.title() + " suspended");
        return 0;
    }
}
