package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.view.Tree;
import java.io.UncheckedIOException;

/** Whether somebody has stopped everything. */
public final class Control {

    private Control() {}

    /** {@code by WHO at TIME: WHY}; empty where nothing is halted, and where nobody answers. */
    public static String halted(Instance instance) throws InterruptedException {
        if (instance instanceof StateFolder folder && folder.endpoints().isEmpty()) {
            return "";
        }
        try (Evaluator evaluator = new Evaluator(services(instance))) {
            Tree control = evaluator.control();
            return Boolean.parseBoolean(control.text("halted")) ? by(control) : "";
        } catch (UserError | UncheckedIOException silent) {
            return "";
        }
    }

    /** For people, with a blank before it. */
    public static String by(Tree control) {
        return control.text("who").isEmpty()
                ? " by nobody who is known"
                : " by " + control.text("who") + " at " + control.text("at") + ": " + control.text("why");
    }

    private static Services services(Instance instance) {
        return switch (instance) {
            case StateFolder folder -> folder.services();
            case ClusterInstance(var cluster) -> new Services.InCluster(cluster.forward(ManagementForward.NAMESPACE));
        };
    }
}
