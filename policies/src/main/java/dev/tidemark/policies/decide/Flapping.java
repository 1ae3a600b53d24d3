package dev.tidemark.policies.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a target's selection goes back and forth: A, then B, then A again, within a short time. */
public sealed interface Flapping {

    /** No tag came back. */
    record Steady() implements Flapping {}

    /**
     * @param tag the one that came back last
     * @param returns how often any tag came back within the window
     * @param tags the selections within the window, oldest first
     */
    record Unsteady(String tag, int returns, List<String> tags, Instant from, Instant to) implements Flapping {}

    /** One selection of the past. */
    record Selected(String tag, Instant at) {}

    /**
     * Pure; needs only the selections of about one window.
     *
     * @param selections in the order in which they were made, which counts, not their times: a clock may
     *     have gone backwards
     * @param window how close the first and the second A must be
     */
    static Flapping detect(List<Selected> selections, Duration window) {
        if (selections.isEmpty()) {
            return new Steady();
        }
        Instant end = selections.getLast().at();
        List<Selected> recent = selections.stream()
                .filter(past -> Duration.between(past.at(), end).compareTo(window) <= 0)
                .toList();
        List<Selected> returned = new ArrayList<>();
        for (int i = 2; i < recent.size(); i++) {
            String tag = recent.get(i).tag();
            boolean before = recent.subList(0, i - 1).stream()
                    .anyMatch(past -> past.tag().equals(tag));
            if (before && !recent.get(i - 1).tag().equals(tag)) {
                returned.add(recent.get(i));
            }
        }
        return returned.isEmpty()
                ? new Steady()
                : new Unsteady(
                        returned.getLast().tag(),
                        returned.size(),
                        recent.stream().map(Selected::tag).toList(),
                        recent.getFirst().at(),
                        returned.getLast().at());
    }
}
