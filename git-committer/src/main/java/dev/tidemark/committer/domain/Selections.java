package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Target;
import java.util.Optional;

/** All of {@code tag-selected}, the newest of each target. */
@FunctionalInterface
public interface Selections {

    Optional<Envelope<TagSelected>> of(Target target);
}
