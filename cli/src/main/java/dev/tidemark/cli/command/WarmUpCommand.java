package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.Documents;
import dev.tidemark.cli.output.Found;
import dev.tidemark.cli.output.OutputFormat;
import dev.tidemark.cli.run.ClassCache;
import dev.tidemark.cli.run.Installation;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.LabelSelector;
import dev.tidemark.flux.view.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Does a bit of everything that {@code get} does, so that the class-data archive made from it helps; or makes the cache of
 * the services' classes out of what a run of theirs recorded.
 */
@Command(name = "warm-up", hidden = true, description = "Used while building.")
final class WarmUpCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Option(names = "--classes", paramLabel = "FILE", description = "what a run of the services recorded")
    private Optional<Path> recorded = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (recorded.isPresent()) {
            ClassCache.make(Installation.find(), recorded.get());
            return 0;
        }
        Tree object = Tree.parse("kind: ImagePolicy\nmetadata: {name: a, labels: {b: c}}\nspec: {d: [1]}\n");
        ObjectKind kind = ObjectKinds.named("imgpol", List.of()).getFirst();
        for (String format : List.of("", "yaml", "json", "jsonpath={.metadata.name}")) {
            terminal.print(Documents.print(OutputFormat.parse(format), List.of(new Found(kind, object)), true));
        }
        var unused = StateFolder.of(Path.of("nothing-ran-here")).view().list(kind.name());
        return LabelSelector.parse("b=c").test(object.labels()) ? 0 : 1;
    }
}
