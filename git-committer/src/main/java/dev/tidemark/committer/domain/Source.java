package dev.tidemark.committer.domain;

import dev.tidemark.flux.ResourceId;
import java.net.URI;
import java.time.Duration;

/**
 * A GitRepository as an automation uses it.
 *
 * @param url without user information
 * @param timeout of one fetch, and again of one push
 */
public record Source(ResourceId repository, URI url, Access access, Duration timeout) {}
