package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Control;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.flux.view.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The emergency stop for everything. */
@Command(
        name = "halt",
        description = "Stop all selections at once, or let them go on; both name who and why.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark halt --why 'a bad base image is on its way'",
            "  ./tidemark halt --lift --why 'the base image is fixed'",
            "  ./tidemark halt --show"
        })
final class HaltCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Option(names = "--lift", description = "let selections go on")
    private boolean lift;

    @Option(names = "--show", description = "only say whether everything is halted")
    private boolean show;

    @Option(names = "--why", paramLabel = "TEXT", description = "for everybody who asks later")
    private String why = "";

    @Option(names = "--who", paramLabel = "NAME", description = "default: your user name")
    private String who = System.getProperty("user.name", "");

    @Override
    public Integer call() throws InterruptedException {
        if (!show && why.isBlank()) {
            throw new UserError("say why: './tidemark halt" + (lift ? " --lift" : "") + " --why TEXT'.");
        }
        try (Evaluator evaluator = services.open()) {
            if (!show) {
                evaluator.control(lift ? "lift" : "halt", who, why);
            }
            terminal.line(words(evaluator.control()));
        }
        return 0;
    }

    private static String words(Tree control) {
        boolean halted = Boolean.parseBoolean(control.text("halted"));
        String by = control.text("who").isEmpty() ? "" : Control.by(control);
        return (halted ? "Everything is halted" : "Nothing is halted")
                + (halted || by.isEmpty() ? by : "; lifted" + by);
    }
}
