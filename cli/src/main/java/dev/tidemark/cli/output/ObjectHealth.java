package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.Suspension;
import dev.tidemark.cli.tree.Tree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an object is doing, read from its conditions (kstatus).
 *
 * @param why one line; of what waits it says for what, and until when if that is known
 */
public record ObjectHealth(State state, String why) {

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

    /** Ready in Flux's model, and yet something newer waits. */
    private static final Set<String> HELD_BACK =
            Set.of("Held", "TooYoung", "Frozen", "Halted", "AwaitingConfirmation", "DowngradeForbidden");

    private static final String DEPENDENCY = "DependencyNotReady";
    private static final String NO_TAGS = "no tags in database";

    /** What separates the services' own words from Flux's, which end before them. */
    private static final String NOTE = "; ";

    /** Nobody waits for a fraction of a second. */
    private static final Pattern FRACTION = Pattern.compile("(T\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z");

    private static final String NEXT_TRY = "; next try at ";

    public static ObjectHealth of(Tree object, Instant now) {
        if (Suspension.of(object)) {
            return new ObjectHealth(State.SUSPENDED, "suspended by hand, until './tidemark resume'");
        }
        Tree ready = condition(object, "Ready");
        Tree reconciling = condition(object, "Reconciling");
        String message = oneLine(ready);
        if (isTrue(condition(object, "Stalled"))) {
            return new ObjectHealth(State.FAILING, message + " (" + ready.text("reason") + "; waits for a change)");
        }
        if (reconciling.text("reason").equals(DEPENDENCY)) {
            return new ObjectHealth(State.WAITING, oneLine(reconciling) + " (" + DEPENDENCY + ')');
        }
        if (ready.text("status").equals("False")) {
            return waitsForTags(ready)
                    ? new ObjectHealth(
                            State.WAITING,
                            message + "; waits for tags of " + repository(object) + " (" + DEPENDENCY + ')')
                    : new ObjectHealth(
                            State.FAILING, message + " (" + ready.text("reason") + nextTry(reconciling, now) + ')');
        }
        if (isTrue(reconciling) || ready.text("status").equals("Unknown")) {
            return new ObjectHealth(State.MOVING, message.isEmpty() ? oneLine(reconciling) : message);
        }
        if (isTrue(ready)) {
            return settled(object, ready);
        }
        return object.kind().equals("GitRepository")
                ? new ObjectHealth(State.READY, "read by the automations that name it")
                : new ObjectHealth(State.WAITING, "not looked at yet");
    }

    private static ObjectHealth settled(Tree object, Tree ready) {
        String message = oneLine(ready);
        String reason = ready.text("reason");
        if (HELD_BACK.contains(reason)) {
            String tag = object.text("status", "latestRef", "tag");
            String note = message.substring(message.indexOf(NOTE) < 0 ? 0 : message.indexOf(NOTE) + NOTE.length());
            return new ObjectHealth(
                    State.WAITING, note + " (" + reason + (tag.isEmpty() ? "" : "; still on " + tag) + ')');
        }
        // Flux calls an automation ready also when it finds nothing to write to: then somebody has to add a marker.
        Tree markers = condition(object, "MarkersFound");
        if (markers.text("status").equals("False")) {
            return new ObjectHealth(State.WAITING, oneLine(markers) + " (" + markers.text("reason") + ')');
        }
        // What is left out stands behind what was found: a file that is skipped, a marker that names nothing.
        String found = oneLine(markers);
        int leftOut = found.indexOf(NOTE);
        return new ObjectHealth(
                State.READY, leftOut < 0 ? message : message + "; but " + found.substring(leftOut + NOTE.length()));
    }

    /** Nothing is wrong with the policy itself. */
    private static boolean waitsForTags(Tree ready) {
        return ready.text("reason").equals(DEPENDENCY) && ready.text("message").endsWith(NO_TAGS);
    }

    private static String repository(Tree policy) {
        String name = policy.text("spec", "imageRepositoryRef", "name");
        String namespace = policy.text("spec", "imageRepositoryRef", "namespace");
        return "ImageRepository " + (namespace.isEmpty() ? policy.namespace() : namespace) + '/' + name;
    }

    /** A time that has passed is not said: somebody else may have tried since, without a word about the next time. */
    private static String nextTry(Tree reconciling, Instant now) {
        if (!isTrue(reconciling)) {
            return "";
        }
        String message = reconciling.text("message");
        int begin = message.lastIndexOf(NEXT_TRY);
        try {
            return begin >= 0
                            && Instant.parse(message.substring(begin + NEXT_TRY.length()))
                                    .isAfter(now)
                    ? message.substring(begin)
                    : "; tried again";
        } catch (DateTimeParseException cut) {
            return "; tried again";
        }
    }

    private static String oneLine(Tree condition) {
        return FRACTION.matcher(condition.text("message").replace('\n', ' ').strip())
                .replaceAll("$1Z");
    }

    private static boolean isTrue(Tree condition) {
        return condition.text("status").equals("True");
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
