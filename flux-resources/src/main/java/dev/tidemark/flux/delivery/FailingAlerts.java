package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which Alerts are served and which not, since when, and what was said of it. For any thread. */
final class FailingAlerts {

    /** As Flux has them. */
    static final String FAILED = "NotificationDispatchFailed";

    static final String INVALID = "InvalidConfig";

    /** Of one failure: who answers something else each time is not repeated without end. */
    static final int MAX_WORDS = 10;

    private final Clock clock;
    private final Map<Cause, State> states = new HashMap<>();
    private final Map<ResourceId, Instant> told = new HashMap<>();

    /**
     * What ends by itself.
     *
     * @param itself whether it is the Alert that is wrong, which no event that is told changes
     */
    private record Cause(ResourceId alert, boolean itself) {}

    private static final class State {
        private final Set<String> said = new HashSet<>();
        private FailingAlert now;

        State(FailingAlert first) {
            this.now = first;
        }
    }

    FailingAlerts(Clock clock) {
        this.clock = clock;
    }

    /** Somebody has to mend the Alert. The failure where these words were not said yet. */
    Optional<FailingAlert> isWrong(ResourceId alert, String message) {
        return add(new Cause(alert, true), INVALID, message);
    }

    /** An event could not be told. The failure where these words were not said since one was. */
    Optional<FailingAlert> fails(ResourceId alert, String reason, String message) {
        return add(new Cause(alert, false), reason, message);
    }

    private synchronized Optional<FailingAlert> add(Cause cause, String reason, String message) {
        Instant now = clock.instant();
        State state =
                states.computeIfAbsent(cause, _ -> new State(new FailingAlert(cause.alert(), now, reason, message, 0)));
        state.now = new FailingAlert(cause.alert(), state.now.since(), reason, message, state.now.times() + 1);
        boolean isNew = state.said.size() < MAX_WORDS && state.said.add(message);
        return isNew ? Optional.of(state.now) : Optional.empty();
    }

    /** An event was told. What failed before that, if anything did. */
    synchronized Optional<FailingAlert> works(ResourceId alert) {
        told.put(alert, clock.instant());
        return Optional.ofNullable(states.remove(new Cause(alert, false))).map(state -> state.now);
    }

    /** The Alert, or its Provider, is another now, or gone: nobody knows what comes of it. */
    synchronized void forget(ResourceId alert) {
        states.remove(new Cause(alert, true));
        states.remove(new Cause(alert, false));
        told.remove(alert);
    }

    /** Those for which an event was told. */
    synchronized List<ServedAlert> served() {
        return told.entrySet().stream()
                .map(one -> new ServedAlert(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(one -> one.alert().toString()))
                .toList();
    }

    /** One for each Alert, what is wrong with itself first. */
    synchronized List<FailingAlert> all() {
        Map<ResourceId, FailingAlert> all = new HashMap<>();
        states.forEach((cause, state) -> {
            if (cause.itself()) {
                all.put(cause.alert(), state.now);
            } else {
                all.putIfAbsent(cause.alert(), state.now);
            }
        });
        List<FailingAlert> sorted = new ArrayList<>(all.values());
        sorted.sort(Comparator.comparing(one -> one.alert().toString()));
        return sorted;
    }
}
