package dev.tidemark.flux;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fields of GitRepository {@code spec} that an automation reads (flux-git-based 8).
 *
 * @param suspend no automation writes there; Flux's automations do not look at it, here nothing else could honour it
 */
public record GitRepositorySpec(
        URI url,
        @Nullable GitRef ref,
        @Nullable LocalRef secretRef,
        @Nullable String provider,
        @Nullable String serviceAccountName,
        @Nullable LocalRef proxySecretRef,
        @Nullable Duration timeout,
        boolean suspend) {}
