package dev.tidemark.cli.command;

import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.cli.tree.Json;
import dev.tidemark.flux.view.Tree;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether recorded decisions come out the same today. */
@Command(
        name = "replay",
        description = "Decide recorded history again and report every difference.",
        footer = {"", "Ends with 1 when there is a difference.", "", "Example:", "  ./tidemark replay --since 1h"})
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--since", paramLabel = "DURATION", description = "default: 1h", defaultValue = "1h")
    private String since = "1h";

    @Override
    public Integer call() throws InterruptedException {
        Tree result = new Evaluator(state.folder()).replay(since);
        Object differences = result.find("differences");
        List<?> list = differences instanceof List<?> found ? found : List.of();
        list.forEach(difference -> terminal.line(Json.pretty(difference)));
        terminal.line(result.text("decisions") + " decisions since " + result.text("since") + ", " + list.size()
                + (list.size() == 1 ? " difference" : " differences"));
        return list.isEmpty() ? 0 : 1;
    }
}
