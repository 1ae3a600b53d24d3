package dev.tidemark.runtime.partition;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Ends shards together. One that cannot be ended is told, and keeps no other from it. */
final class ShardEnds {

    private static final System.Logger LOG = System.getLogger(ShardEnds.class.getName());

    /** The group waits meanwhile; batches of effects last less than half of it. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private final String name;
    private final Scheduler scheduler;

    ShardEnds(String name, Scheduler scheduler) {
        this.name = name;
        this.scheduler = scheduler;
    }

    /**
     * Waits a while for effects that are under way, then cancels them.
     *
     * @param last whether the process ends: then as long as they want it
     * @return false when the thread was interrupted meanwhile
     */
    boolean end(List<? extends Shard> shards, boolean last) {
        Duration limit = last
                ? shards.stream()
                        .map(Shard::patience)
                        .max(Comparator.naturalOrder())
                        .orElse(LIMIT)
                : LIMIT;
        CompletableFuture<?>[] ends = shards.stream().map(this::close).toArray(CompletableFuture[]::new);
        // however they end
        CompletableFuture<Boolean> all = CompletableFuture.allOf(ends).handle((nothing, failure) -> true);
        try {
            if (scheduler.await(all, limit).isEmpty()) {
                shards.forEach(this::cancel);
            }
            return true;
        } catch (InterruptedException stop) {
            shards.forEach(this::cancel);
            return false;
        }
    }

    private CompletableFuture<Void> close(Shard shard) {
        try {
            return shard.close();
        } catch (RuntimeException | Error thrown) {
            tell(thrown);
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private void cancel(Shard shard) {
        try {
            shard.cancel();
        } catch (RuntimeException | Error thrown) {
            tell(thrown);
        }
    }

    private void tell(Throwable thrown) {
        Faults.rethrowFatal(thrown);
        LOG.log(Level.ERROR, name + ": the work of a partition could not be ended", thrown);
    }
}
