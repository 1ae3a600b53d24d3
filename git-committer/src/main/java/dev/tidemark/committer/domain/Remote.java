package dev.tidemark.committer.domain;

import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A GitRepository as it is declared: all of it but what its Secret holds.
 *
 * @param url where it is, perhaps with a login
 * @param provider of credentials
 * @param secret name of the Secret in the repository's namespace; null for none
 * @param proxySecret name of the Secret with the proxy; null for none
 * @param timeout of one fetch, and again of one push
 */
public record Remote(
        ResourceId repository,
        GitUrl url,
        String provider,
        @Nullable String secret,
        @Nullable String proxySecret,
        Duration timeout) {}
