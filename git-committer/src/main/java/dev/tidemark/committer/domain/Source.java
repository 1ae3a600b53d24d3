package dev.tidemark.committer.domain;

import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;

/**
 * A GitRepository as an automation uses it.
 *
 * @param url where it is; its login is part of {@code access}
 * @param timeout of one fetch, and again of one push
 */
public record Source(ResourceId repository, GitUrl url, Access access, Duration timeout) {

    /** Takes out of a text what this source is reached with. */
    public Redaction redaction() {
        return Redaction.of(access.secrets());
    }
}
