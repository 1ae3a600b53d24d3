package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.policies.Parsed;

/** URLs that are right. */
final class GitUrls {

    private GitUrls() {}

    static GitUrl of(String text) {
        return switch (GitUrl.parse(text)) {
            case Parsed.Value<GitUrl>(GitUrl url) -> url;
            case Parsed.Malformed<GitUrl>(String message) -> throw new AssertionError(message);
        };
    }
}
