package dev.tidemark.runtime.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Why shards asked that the group be joined anew. For any thread. */
final class Rejoins {

    private final List<Asked> waiting = new ArrayList<>();

    private record Asked(Epoch epoch, String why) {}

    synchronized void add(Epoch epoch, String why) {
        waiting.add(new Asked(epoch, why));
    }

    /** A reason to do it, of all that were given before this call; one whose epoch is over is none. */
    synchronized Optional<String> take(Predicate<Epoch> current) {
        Optional<String> reason = waiting.stream()
                .filter(asked -> current.test(asked.epoch()))
                .map(Asked::why)
                .findFirst();
        waiting.clear();
        return reason;
    }
}
