package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.rig.History;
import dev.tidemark.benchmarks.bench.rig.Load;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stages of an update that everything outside of Tidemark saw. What lies between them stands in its log. All of them go by
 * the clock of one machine.
 *
 * @param visible when the branch named the commit
 */
record Stages(String commit, Instant sent, Load.Push push, Instant visible) {

    /** Adds how long each took; nothing where the log is not asked for commits, as in older checkouts. */
    void into(Series series, History history) throws IOException, InterruptedException {
        Optional<History.Steps> found = history.of(commit);
        if (found.isEmpty()) {
            return;
        }
        History.Steps steps = found.get();
        add(series, "stage 1: sent → webhook written down", sent, steps.notified());
        add(series, "stage 2: → tag discovered", steps.notified(), steps.discovered());
        add(series, "stage 3: → tag selected", steps.discovered(), steps.selected());
        add(series, "stage 4: → commit built, Git asked", steps.selected(), push.asked());
        add(series, "stage 5: → push sent", push.asked(), push.sent());
        add(series, "stage 6: → commit visible", push.sent(), visible);
        add(series, "after it: → push answered and recorded", visible, steps.pushed());
    }

    private static void add(Series series, String name, Instant from, Instant to) {
        series.millis(name, Duration.between(from, to).toNanos());
    }
}
