package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.demo.DemoFolder;
import dev.tidemark.demo.Fleet;
import dev.tidemark.demo.Pusher;
import dev.tidemark.demo.RegistryClient;
import dev.tidemark.demo.Scenario;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pushes a version to the running demo. */
@Command(
        name = "push",
        description = "Push a version of the demo's image and show what came of it.",
        footer = {"", "Example, while ./tidemark demo runs:", "  ./tidemark push my-app:1.5.0"})
final class PushCommand implements Callable<Integer> {

    /** {@code my-app:TAG}, also with the organisation and the host; a tag as registries allow it. */
    private static final Pattern IMAGE =
            Pattern.compile("(ghcr\\.io/)?(my-org/)?my-app:(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127})");

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "how long to wait for the effects; default: 5")
    private int wait = 5;

    @Parameters(paramLabel = "my-app:VERSION", description = "what to push")
    private String image = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Matcher matcher = IMAGE.matcher(image);
        if (!matcher.matches()) {
            throw new UserError("'" + image + "' is not an image of the demo: write my-app:VERSION, for example"
                    + " my-app:1.5.0.");
        }
        StateFolder folder = state.folder();
        folder.running();
        DemoFolder demo = new DemoFolder(folder.root());
        try (RegistryClient registry = new RegistryClient(registry(demo));
                Fleet fleet = Fleet.open(demo.fleet())) {
            Pusher.Outcome outcome = new Pusher(registry, fleet, demo.kustomization())
                    .push(matcher.group("tag"), Duration.ofSeconds(wait));
            terminal.print(new DemoReport(outcome, demo.fleet()).words());
            if (!outcome.complete()) {
                terminal.line("\n" + selected(folder));
            }
            return 0;
        }
    }

    private static URI registry(DemoFolder demo) throws IOException {
        try {
            return URI.create(Tree.parse(Files.readString(demo.description())).text("registry"));
        } catch (NoSuchFileException e) {
            throw new UserError("no demo runs on " + demo.state() + ": start it with './tidemark demo'.", e);
        }
    }

    /** Why a pushed version may change nothing: another one is selected. */
    private static String selected(StateFolder folder) {
        return folder.view()
                .find(new ResourceId(Kinds.IMAGE_POLICY.name(), Scenario.NAMESPACE, Scenario.APP))
                .map(policy -> "The policy allows " + policy.text("spec", "policy", "semver", "range") + " and selects "
                        + policy.text("status", "latestImage") + ".")
                .orElse("'./tidemark status' says what is going on.");
    }
}
