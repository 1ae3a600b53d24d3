package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Target;
import java.time.Duration;
import java.util.Optional;

/** All of {@code tag-selected}, the newest of each target. */
public interface Selections {

    Optional<Envelope<TagSelected>> of(Target target);

    /** Waits until everything that is in the topic now is seen; false if that takes longer. */
    boolean catchUp(Duration limit) throws InterruptedException;
}
