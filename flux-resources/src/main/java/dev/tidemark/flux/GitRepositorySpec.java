package dev.tidemark.flux;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fields of GitRepository {@code spec} that an automation reads (flux-git-based 8).
 *
 * @param url as it is written; who uses it says what is wrong with it
 * @param suspend no automation writes there; Flux's automations do not look at it, here nothing else could honour it
 */
public record GitRepositorySpec(
        String url,
        @Nullable GitRef ref,
        @Nullable LocalRef secretRef,
        @Nullable String provider,
        @Nullable String serviceAccountName,
        @Nullable LocalRef proxySecretRef,
        @Nullable Duration timeout,
        boolean suspend) {}
