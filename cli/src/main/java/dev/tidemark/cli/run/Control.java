package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.Alerts;
import dev.tidemark.cli.output.Dangers;
import dev.tidemark.cli.output.DeadLetterPile;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.view.Tree;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether somebody has stopped everything, and what else only services know. */
public final class Control {

    private Control() {}

    /**
     * What the services know, as far as they can be asked.
     *
     * @param server where they are; empty for where the instance has them
     * @param namespace of their pods, in a cluster
     */
    public static Dangers dangers(Instance instance, Optional<Services> server, String namespace)
            throws InterruptedException {
        if (server.isEmpty()
                && instance instanceof StateFolder folder
                && folder.endpoints().isEmpty()) {
            return Dangers.unknown("");
        }
        try (Evaluator evaluator = new Evaluator(server.orElseGet(() -> services(instance, namespace)))) {
            Tree control = evaluator.control();
            Dangers halt = new Dangers(Boolean.parseBoolean(control.text("halted")) ? by(control) : "", List.of(), "");
            return withDeadLetters(halt, evaluator);
        } catch (UserError | UncheckedIOException silent) {
            return Dangers.unknown(String.valueOf(silent.getMessage()));
        }
    }

    /**
     * What each process knows of its own.
     *
     * @param underWay what takes its time at this moment, in lines for people
     * @param alerts whom events are told to
     */
    public record OfAll(List<String> underWay, Alerts alerts) {}

    /**
     * What all services know that can be asked.
     *
     * @param servers where the services are; empty for where the instance has them
     * @param namespace of their pods, in a cluster
     */
    public static OfAll ofAll(Instance instance, List<Services.At> servers, String namespace)
            throws InterruptedException {
        return ofAll(servers.isEmpty() ? all(instance, namespace) : servers);
    }

    /** The same of services whose places are known; they are closed. */
    public static OfAll ofAll(List<? extends Services> servers) throws InterruptedException {
        List<String> underWay = new ArrayList<>();
        List<Tree> alerts = new ArrayList<>();
        for (Services one : servers) {
            try (Evaluator services = new Evaluator(one)) {
                underWay.addAll(services.underWay());
                alerts.add(services.notifications());
            } catch (UserError | UncheckedIOException silent) {
                // whether they answer is told elsewhere, and those of before the upgrade do not know
            }
        }
        return new OfAll(underWay, Alerts.of(alerts));
    }

    /** None where they may not be looked for, or none runs. */
    private static List<? extends Services> all(Instance instance, String namespace) {
        try {
            return switch (instance) {
                case StateFolder folder ->
                    folder.endpoints().map(_ -> folder.services()).stream().toList();
                case ClusterInstance(var cluster) ->
                    cluster.forwards(namespace).stream()
                            .map(Services.InCluster::new)
                            .toList();
            };
        } catch (UserError | UncheckedIOException away) {
            return List.of();
        }
    }

    /** Services of before the upgrade do not tell, nor those whose broker does not let them. */
    private static Dangers withDeadLetters(Dangers halt, Evaluator evaluator) throws InterruptedException {
        try {
            return halt.with(DeadLetterPile.of(evaluator.deadLetters()));
        } catch (UserError untold) {
            return halt.without(String.valueOf(untold.getMessage()));
        }
    }

    /** For people, with a blank before it. */
    public static String by(Tree control) {
        return control.text("who").isEmpty()
                ? " by nobody who is known"
                : " by " + control.text("who") + " at " + control.text("at") + ": " + control.text("why");
    }

    private static Services services(Instance instance, String namespace) {
        return switch (instance) {
            case StateFolder folder -> folder.services();
            case ClusterInstance(var cluster) -> new Services.InCluster(cluster.forward(namespace));
        };
    }
}
