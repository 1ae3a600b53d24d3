package dev.tidemark.cli.output;

import dev.tidemark.cli.tree.Tree;
import java.util.List;
import java.util.Map;

/**
 * How an object is doing, read from its conditions (kstatus).
 *
 * @param why one line
 */
public record Situation(State state, String why) {

    /** In the order in which somebody wants to know. */
    public enum State {
        FAILING("Failing"),
        MOVING("Moving"),
        WAITING("Waiting"),
        SUSPENDED("Suspended"),
        READY("Ready");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public static Situation of(Tree object) {
        if (object.find("spec", "suspend") instanceof Boolean suspended && suspended) {
            return new Situation(State.SUSPENDED, "suspended by hand");
        }
        Tree ready = condition(object, "Ready");
        Tree reconciling = condition(object, "Reconciling");
        Tree stalled = condition(object, "Stalled");
        String message = ready.text("message").replace('\n', ' ').strip();
        if (stalled.text("status").equals("True")) {
            return new Situation(State.FAILING, message + " (" + ready.text("reason") + "; waits for a change)");
        }
        if (ready.text("status").equals("False")) {
            String again = reconciling.text("status").equals("True") ? "; tried again" : "";
            return new Situation(State.FAILING, message + " (" + ready.text("reason") + again + ")");
        }
        if (reconciling.text("status").equals("True") || ready.text("status").equals("Unknown")) {
            return new Situation(State.MOVING, message.isEmpty() ? reconciling.text("message") : message);
        }
        if (ready.text("status").equals("True")) {
            return settled(message, condition(object, "MarkersFound"));
        }
        return object.kind().equals("GitRepository")
                ? new Situation(State.READY, "read by the automations that name it")
                : new Situation(State.WAITING, "not looked at yet");
    }

    /** Flux calls an automation ready also when it finds nothing to write to: then somebody has to add a marker. */
    private static Situation settled(String message, Tree markers) {
        return markers.text("status").equals("False")
                ? new Situation(State.WAITING, markers.text("message") + " (" + markers.text("reason") + ")")
                : new Situation(State.READY, message);
    }

    private static Tree condition(Tree object, String type) {
        if (object.find("status", "conditions") instanceof List<?> conditions) {
            for (Object condition : conditions) {
                if (condition instanceof Map<?, ?> map && type.equals(map.get("type"))) {
                    return Tree.of(map);
                }
            }
        }
        return new Tree(Map.of());
    }
}
