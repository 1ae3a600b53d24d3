package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.view.Tree;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What is known of the services of a Tidemark, for people. */
public final class RunningWords {

    private RunningWords() {}

    /** One line, and one for each warning. */
    public static String of(Instance instance) {
        return switch (instance) {
            case StateFolder folder ->
                folder.endpoints().map(RunningWords::running).orElseGet(() -> notToBeAsked(folder));
            case ClusterInstance(var cluster) ->
                "The cluster " + cluster.server()
                        + ": 'kubectl get pods -A -l app.kubernetes.io/part-of=tidemark' shows what runs.";
        };
    }

    private static String notToBeAsked(StateFolder folder) {
        OptionalLong holder = folder.holder();
        return holder.isPresent()
                ? "Tidemark is starting or ending on " + folder.root() + " (process " + holder.getAsLong()
                        + "); this is what was known last."
                : "Nothing runs on " + folder.root() + "; this is what was known last.";
    }

    /** The same of services at one address or, where each has its own, a line of each. */
    public static String of(List<Services.At> services) throws InterruptedException {
        if (services.size() == 1) {
            return of(services.getFirst().address());
        }
        List<String> lines = new ArrayList<>();
        for (Services.At service : services) {
            lines.add(of(service));
        }
        return String.join("\n", lines);
    }

    /** The same of services at an address. */
    public static String of(URI management) {
        Health health = Health.of(management);
        String state =
                switch (health.state()) {
                    case READY -> "are ready.";
                    case NOT_READY -> "are NOT READY: their log may say why.";
                    case SILENT -> "DO NOT ANSWER; this is what was known last.";
                };
        return "The services at " + management + ' ' + state + warnings(health);
    }

    /** The same of each of several services, with its name and version as far as it says them. */
    public static String of(Services.At service) throws InterruptedException {
        Health health = Health.of(service.address());
        String state =
                switch (health.state()) {
                    case READY -> " is ready.";
                    case NOT_READY -> " is NOT READY: its log may say why.";
                    case SILENT -> " DOES NOT ANSWER.";
                };
        return title(service) + " at " + service.address() + state + warnings(health);
    }

    private static String title(Services.At service) throws InterruptedException {
        try (Evaluator asked = new Evaluator(service)) {
            Tree version = asked.version();
            return version.text("service") + ' ' + version.text("version");
        } catch (UserError | IllegalArgumentException untold) {
            // one that is silent, or that is of before it was asked for this
            return "The service";
        }
    }

    /** For people: where objects are declared. */
    public static String declaredIn(Instance instance) {
        return switch (instance) {
            case StateFolder folder -> "write manifests into " + folder.run().manifests();
            case ClusterInstance _ -> "apply manifests with kubectl";
        };
    }

    /** The process itself is asked: that it is there does not mean that it works. */
    private static String running(Endpoints endpoints) {
        Health health = Health.of(endpoints);
        return "Tidemark " + endpoints.version() + " runs at " + endpoints.http() + " (process " + endpoints.pid() + ")"
                + words(health.state(), endpoints) + warnings(health);
    }

    private static String warnings(Health health) {
        return health.warnings().stream().map(why -> "\nWARNING: " + why + '.').collect(Collectors.joining());
    }

    private static String words(Health.State state, Endpoints endpoints) {
        return switch (state) {
            case READY -> ".";
            case NOT_READY -> ", but is NOT READY: './tidemark logs' may say why.";
            case SILENT ->
                ", but DOES NOT ANSWER; this is what was known last. See './tidemark logs', end process "
                        + endpoints.pid() + " and start it again.";
        };
    }
}
