package dev.tidemark.cli.logs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What services write to their log: in a file, or in several places at once. */
public sealed interface Log permits FileLog, MergedLog {

    /** All lines that there are. */
    int ALL = -1;

    /**
     * Its end, the oldest first.
     *
     * @param tail how many lines are wanted of each place at least; {@link #ALL} for all
     * @param since lines that are older are left out
     */
    List<LogLine> last(int tail, Optional<Instant> since) throws InterruptedException;

    /** What comes after that, until the thread is interrupted. */
    void follow(Consumer<LogLine> shown) throws InterruptedException;
}
