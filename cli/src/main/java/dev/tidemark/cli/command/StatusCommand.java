package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.StatusReport;
import dev.tidemark.cli.run.Control;
import dev.tidemark.cli.run.Health;
import dev.tidemark.cli.run.RunningWords;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.view.ObjectView;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what stops, fails, moves and waits; before all else what somebody has to look at. */
@Command(
        name = "status",
        description = "Say what stops, fails, moves and waits, and why.",
        footer = {"", "Examples:", "  ./tidemark status --watch", "  ./tidemark status -o json --exit-code"})
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_WELL = 1;

    private static final List<String> KINDS =
            ObjectKinds.SERVED.stream().map(ObjectKind::name).toList();

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = "--installed-in",
            paramLabel = "NAMESPACE",
            description = "with --context: where Tidemark's pods are; default: " + ManagementForward.NAMESPACE)
    private String installedIn = ManagementForward.NAMESPACE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json; default: for people")
    private String output = "";

    @Option(
            names = {"-w", "--watch"},
            description = "go on, and say all of it again when something changes")
    private boolean watch;

    @Option(
            names = "--exit-code",
            description = "exit with 1 where something is halted, lies among the dead letters, fails or does not work")
    private boolean exitCode;

    @Override
    public Integer call() throws InterruptedException {
        if (!output.isEmpty() && !output.equals("json")) {
            throw new UserError("there is no output format '" + output + "': use json, or none.");
        }
        Instance instance = at.instance();
        StatusReport report = report(instance);
        terminal.print(shown(report));
        if (watch) {
            follow(instance, shown(report));
        }
        return exitCode && !report.isWell() ? NOT_WELL : 0;
    }

    private void follow(Instance instance, String first) throws InterruptedException {
        String before = first;
        try (ObjectView.Changes changes = instance.view().changes(KINDS, "")) {
            while (true) {
                changes.await();
                String now = shown(report(instance));
                if (!now.equals(before)) {
                    if (output.isEmpty()) {
                        terminal.line("\n── " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " ──");
                    }
                    terminal.print(now);
                    before = now;
                }
            }
        }
    }

    private String shown(StatusReport report) {
        return output.isEmpty() ? report.text(Instant.now()) : report.json();
    }

    private StatusReport report(Instance instance) throws InterruptedException {
        ObjectView view = instance.view();
        // before all else: a cluster that does not answer is waited for once
        List<StatusReport.Row> rows = StatusReport.rows(KINDS, view);
        List<Services.At> services = server.inForce(at.isNamed());
        Control.OfAll told = Control.ofAll(instance, services, installedIn);
        return new StatusReport(
                Control.dangers(
                        instance, services.stream().<Services>map(one -> one).findFirst(), installedIn),
                services.isEmpty() ? RunningWords.of(instance) : RunningWords.of(services),
                RunningWords.declaredIn(instance),
                services.isEmpty()
                        ? isAlive(instance)
                        : services.stream().allMatch(service -> isReady(service.address())),
                view.source(),
                told.underWay(),
                Stream.concat(told.alerts().rows().stream(), rows.stream()).toList());
    }

    private static boolean isReady(URI management) {
        return Health.of(management).state() == Health.State.READY;
    }

    /** Of a cluster the API server has answered, and its pods are kubectl's business. */
    private static boolean isAlive(Instance instance) {
        return switch (instance) {
            case StateFolder folder ->
                folder.endpoints()
                        .filter(running -> isReady(running.management()))
                        .isPresent();
            case ClusterInstance _ -> true;
        };
    }
}
