package dev.tidemark.flux;

import org.jspecify.annotations.Nullable;

/** What to check out; precedence commit, name, tag, semver, branch (flux-git-based 8). */
public record GitRef(
        @Nullable String branch,
        @Nullable String tag,
        @Nullable String semver,
        @Nullable String name,
        @Nullable String commit) {}
