package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.ObjectHealth;
import dev.tidemark.cli.output.StatusReport;
import dev.tidemark.cli.run.AllInOne;
import dev.tidemark.cli.run.Installation;
import dev.tidemark.cli.run.Settings;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.demo.Demo;
import dev.tidemark.demo.DemoFolder;
import dev.tidemark.demo.Pusher;
import dev.tidemark.demo.Scenario;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.flux.view.ObjectView;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Both models at work on this machine. */
@Command(
        name = "demo",
        description = "Show both models of image automation at work, on this machine.",
        footer = {
            "",
            "Starts the services with a Kafka broker in one process, a registry that stands in for ghcr.io",
            "and a bare Git repository, loads examples/git-based and examples/gitless unchanged, pushes",
            "my-app:1.4.2 and shows what came of it. It stays until Ctrl-C. On a folder that was used before",
            "it pushes the next free patch version."
        })
final class DemoCommand implements Callable<Integer> {

    /** Far more than both effects ever took, also on a busy machine. */
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(60);

    /** The services of a demo that was killed notice it and stop within a few seconds. */
    private static final Duration PREVIOUS_LIMIT = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(20);

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--once", description = "end when both effects were seen")
    private boolean once;

    @Option(names = "--json", description = "with --once: one JSON document on standard output and nothing else")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (json && !once) {
            throw new UserError("--json goes with --once: write './tidemark demo --once --json'.");
        }
        StateFolder folder = state.folderOr("demo").create();
        Installation installation = Installation.find();
        DemoFolder demoFolder = new DemoFolder(folder.root());
        try (Demo demo = Demo.open(demoFolder, take(demoFolder), Instant.now(), new SecureRandom())) {
            Settings settings = new Settings(
                    List.of(installation.example("git-based"), installation.example("gitless"), demoFolder.manifests()),
                    Map.of(Scenario.HOST, demo.address()),
                    Settings.ANYWHERE);
            long begin = System.nanoTime();
            terminal.note("starting the services and a Kafka broker in one process");
            try (AllInOne services = AllInOne.start(installation, folder, settings, terminal::note)) {
                demo.connect(services.awaitReady(terminal::note).http());
                terminal.note("ready after " + seconds(begin) + " s; loading the examples");
                awaitSettled(demo, folder);
                terminal.note("both models are in place after " + seconds(begin) + " s");
                if (!json) {
                    introduce(demo, folder);
                }
                return show(demo, services);
            }
        }
    }

    /** Waits for the services of an earlier demo that was killed; never for a demo that lives. */
    private FileLock take(DemoFolder folder) throws IOException, InterruptedException {
        FileLock lock = folder.lock()
                .orElseThrow(() -> new UserError("another demo runs on " + folder.state()
                        + ": push to it with './tidemark push my-app:1.5.0', end it, or use another --state."));
        long deadline = System.nanoTime() + PREVIOUS_LIMIT.toNanos();
        boolean told = false;
        while (folder.inUse()) {
            if (System.nanoTime() > deadline) {
                throw new UserError("another Tidemark runs on " + folder.state() + ": end it, or use another --state.");
            }
            if (!told) {
                terminal.note("waiting for the services of an earlier run to end");
                told = true;
            }
            Thread.sleep(POLL);
        }
        return lock;
    }

    /** Waits until nothing of the start is going on any more, so that the push is measured alone. */
    private void awaitSettled(Demo demo, StateFolder folder) throws IOException, InterruptedException {
        ObjectView view = folder.view();
        long deadline = System.nanoTime() + EFFECT_LIMIT.toNanos();
        while (!demo.settled() || !allReady(view)) {
            if (System.nanoTime() > deadline) {
                throw new UserError("the examples did not settle within " + EFFECT_LIMIT.toSeconds()
                        + " s: './tidemark status --state " + folder.root() + "' says what is failing, " + folder.log()
                        + " more.");
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean allReady(ObjectView view) {
        List<String> kinds = ObjectKinds.SERVED.stream().map(ObjectKind::name).toList();
        return StatusReport.rows(kinds, view).stream()
                .allMatch(row -> row.health().state() == ObjectHealth.State.READY);
    }

    private void introduce(Demo demo, StateFolder folder) {
        terminal.line("Tidemark demo. " + DemoRegistry.NOTICE);
        terminal.line("");
        terminal.line("  registry   " + demo.address() + " stands in for " + Scenario.HOST);
        terminal.line("  Git        " + demo.fleet().folder());
        terminal.line("  manifests  examples/git-based and examples/gitless, unchanged");
        terminal.line("  state      " + folder.root());
        terminal.line("");
    }

    private int show(Demo demo, AllInOne services) throws IOException, InterruptedException {
        Pusher.Outcome outcome = demo.push(demo.nextVersion(), EFFECT_LIMIT);
        DemoReport report = new DemoReport(outcome, demo.fleet().folder());
        if (!json) {
            terminal.print(report.words());
        }
        if (!outcome.complete()) {
            throw new UserError("within " + EFFECT_LIMIT.toSeconds() + " s not both models took over " + outcome.image()
                    + ": './tidemark status' and './tidemark logs' say why.");
        }
        if (json) {
            terminal.line(report.json());
        }
        if (!once) {
            terminal.print(whatNext(demo));
            services.awaitEnd();
        }
        return 0;
    }

    private static String whatNext(Demo demo) {
        return """

                Try next, in another terminal:
                  ./tidemark push my-app:1.5.0
                  ./tidemark get imagepolicy my-app -n flux-system -o jsonpath='{.status.latestImage}'
                  ./tidemark get kustomization -l resourceset.fluxcd.io/name=my-app -A
                  ./tidemark status
                  git --git-dir '%s' log -p staging-image-updates

                Ctrl-C ends the demo; what it has done stays in its state folder.
                """.formatted(demo.fleet().folder());
    }

    private static String seconds(long begin) {
        return "%.1f".formatted(Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }
}
