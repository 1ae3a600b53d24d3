package dev.tidemark.cli.output;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.flux.view.Tree;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How an object is doing, read from its conditions (kstatus).
 *
 * @param why the messages of the conditions that tell it, in one line
 */
public record ObjectHealth(State state, String why) {

    /** In the order in which somebody wants to know. */
    public enum State {
        FAILING("Failing"),
        MOVING("Moving"),
        WAITING("Waiting"),
        SUSPENDED("Suspended"),
        SHADOW("In shadow"),
        READY("Ready");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What is ready in Flux's model for another reason than its success holds something newer back. */
    private static final Map<String, String> SUCCESS = Map.of(
            Kinds.IMAGE_POLICY.name(), "Succeeded",
            Kinds.RESOURCE_SET_INPUT_PROVIDER.name(), "ReconciliationSucceeded");

    private static final String DEPENDENCY = "DependencyNotReady";

    /**
     * Reads it.
     *
     * @param exists whether there is an object that this one refers to
     */
    public static ObjectHealth of(Tree object, Predicate<ResourceId> exists) {
        if (Suspension.of(object)) {
            return new ObjectHealth(State.SUSPENDED, "suspended by hand, until './tidemark resume'");
        }
        Tree ready = ready(object);
        Tree reconciling = condition(object, "Reconciling");
        String message = oneLine(ready);
        String reason = ready.text("reason");
        if (isTrue(condition(object, "Stalled"))) {
            return new ObjectHealth(State.FAILING, message + " (" + reason + "; waits for a change)");
        }
        if (reconciling.text("reason").equals(DEPENDENCY)) {
            return new ObjectHealth(State.WAITING, oneLine(reconciling) + " (" + DEPENDENCY + ')');
        }
        if (ready.text("status").equals("False")) {
            ResourceId repository = repository(object);
            if (reason.equals(DEPENDENCY) && exists.test(repository)) {
                // nothing is wrong with the policy itself
                return new ObjectHealth(
                        State.WAITING,
                        message + "; waits for tags of " + repository.kind() + ' ' + repository.namespace() + '/'
                                + repository.name() + " (" + DEPENDENCY + ')');
            }
            return failing(message, reason, reconciling);
        }
        if (ready.text("status").equals("Unknown") && reason.isEmpty()) {
            // no controller says so: nobody has looked at it
            return new ObjectHealth(State.WAITING, message);
        }
        if (isTrue(reconciling) || ready.text("status").equals("Unknown")) {
            return new ObjectHealth(State.MOVING, message.isEmpty() ? oneLine(reconciling) : message);
        }
        if (isTrue(ready)) {
            return settled(object, message, reason);
        }
        return new ObjectHealth(State.WAITING, "not looked at yet");
    }

    /**
     * The same of an object that Tidemark leaves to another controller.
     *
     * @param manager the other's name
     */
    public ObjectHealth inShadowOf(String manager) {
        return new ObjectHealth(State.SHADOW, "in the shadow of " + manager + ": " + why);
    }

    /** Of what is tried again {@code Reconciling} says the same as {@code Ready}, and when. */
    private static ObjectHealth failing(String message, String reason, Tree reconciling) {
        String again = oneLine(reconciling);
        String note = reason + (isTrue(reconciling) ? "; tried again" : "");
        return new ObjectHealth(
                State.FAILING, (again.isEmpty() ? message : again) + (note.isEmpty() ? "" : " (" + note + ')'));
    }

    private static ObjectHealth settled(Tree object, String message, String reason) {
        if (!SUCCESS.getOrDefault(object.kind(), reason).equals(reason)) {
            String tag = object.text("status", "latestRef", "tag");
            return new ObjectHealth(
                    State.WAITING, message + " (" + reason + (tag.isEmpty() ? "" : "; still on " + tag) + ')');
        }
        // Flux calls an automation ready also when it finds nothing to write to: then somebody has to add a marker.
        Tree markers = condition(object, "MarkersFound");
        String found = oneLine(markers);
        if (markers.text("status").equals("False")) {
            return new ObjectHealth(State.WAITING, found + " (" + markers.text("reason") + ')');
        }
        boolean someLeftOut = markers.text("reason").equals("SomeLeftOut");
        return new ObjectHealth(State.READY, someLeftOut ? message + "; " + found : message);
    }

    private static ResourceId repository(Tree policy) {
        String namespace = policy.text("spec", "imageRepositoryRef", "namespace");
        return new ResourceId(
                Kinds.IMAGE_REPOSITORY.name(),
                namespace.isEmpty() ? policy.namespace() : namespace,
                policy.text("spec", "imageRepositoryRef", "name"));
    }

    private static String oneLine(Tree condition) {
        return condition.text("message").replace('\n', ' ').strip();
    }

    private static boolean isTrue(Tree condition) {
        return condition.text("status").equals("True");
    }

    /** The condition that says it; empty for one that nobody has looked at. */
    static Tree ready(Tree object) {
        return condition(object, "Ready");
    }

    private static Tree condition(Tree object, String type) {
        return object.trees("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .findFirst()
                .orElse(Tree.EMPTY);
    }
}
