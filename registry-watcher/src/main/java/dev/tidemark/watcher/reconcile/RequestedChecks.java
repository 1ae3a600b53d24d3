package dev.tidemark.watcher.reconcile;

import dev.tidemark.watcher.domain.TagCheckScheduler;
import java.util.Collection;
import java.util.Optional;

/** What the evaluator requests of single tags, as the log has it now. */
public interface RequestedChecks {

    /** The keys of a partition that have a request. */
    Collection<String> keys(int partition);

    /** The request under a key; empty when there is none, or another one than the key says. */
    Optional<TagCheckScheduler.Request> find(String key);
}
