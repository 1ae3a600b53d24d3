package dev.tidemark.flux;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions at the end of a run, kstatus compatible: only {@code Ready}, {@code Reconciling} and {@code Stalled},
 * the latter two only while true (flux-git-based 3.3).
 */
public final class Conditions {

    /** Kubernetes' limit on a condition's message. */
    static final int MAX_MESSAGE_BYTES = 32_768;

    private static final String NEXT_TRY = "; next try at ";
    private static final String ELLIPSIS = "...";
    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";

    private final List<Condition> before;
    private final long generation;
    private final Instant now;

    private Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Starts from the conditions as they were written last. */
    public static Conditions after(List<Condition> before, long generation, Instant now) {
        return new Conditions(before, generation, now);
    }

    /** The run succeeded. */
    public List<Condition> succeeded(String reason, String message) {
        return List.of(condition(READY, "True", reason, message));
    }

    /** The run failed and will be tried again. */
    public List<Condition> retrying(String reason, String message) {
        return retrying(reason, message, null);
    }

    /**
     * The run failed and will be tried again. The time stands behind the message of {@code Reconciling}: that of {@code
     * Ready} stays the same from try to try.
     *
     * @param nextTry null when something else than time brings the next try
     */
    public List<Condition> retrying(String reason, String message, @Nullable Instant nextTry) {
        String again = nextTry == null ? message : message + NEXT_TRY + nextTry.truncatedTo(ChronoUnit.SECONDS);
        return List.of(
                condition(RECONCILING, "True", "ProgressingWithRetry", again),
                condition(READY, "False", reason, message));
    }

    /** Only a change of the resource, or of what it refers to, helps. */
    public List<Condition> stalled(String reason, String message) {
        return List.of(condition(STALLED, "True", reason, message), condition(READY, "False", reason, message));
    }

    /** Nothing can be done before something else has happened; what was said of readiness stays. */
    public List<Condition> awaiting(String message) {
        return going("DependencyNotReady", message);
    }

    /** A run began: what the last one said of readiness stays until this one knows better. */
    public List<Condition> progressing(String message) {
        return going("Progressing", message);
    }

    private List<Condition> going(String reason, String message) {
        List<Condition> result = new ArrayList<>();
        result.add(condition(RECONCILING, "True", reason, message));
        result.add(find(READY)
                .filter(c -> !c.status().equals("Unknown"))
                .orElseGet(() -> condition(READY, "Unknown", reason, message)));
        return result;
    }

    private Condition condition(String type, String status, String reason, String message) {
        String cut = cut(message);
        Instant transition = find(type)
                .filter(c -> c.status().equals(status)
                        && c.reason().equals(reason)
                        && c.message().equals(cut))
                .map(Condition::lastTransitionTime)
                .orElse(now);
        return new Condition(type, status, reason, cut, generation, transition);
    }

    private Optional<Condition> find(String type) {
        return before.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    private static String cut(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_MESSAGE_BYTES) {
            return message;
        }
        int end = MAX_MESSAGE_BYTES - ELLIPSIS.length();
        while (isInsideCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + ELLIPSIS;
    }

    private static boolean isInsideCharacter(byte utf8) {
        return (utf8 & 0xc0) == 0x80;
    }
}
