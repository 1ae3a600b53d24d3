package dev.tidemark.flux.github;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App that a Secret describes (flux-git-based 13). Never printed with its key.
 *
 * @param id of the app; a number or a client id
 * @param key PEM of its private key
 * @param installation number of the installation; null if it is looked up by its owner
 * @param owner organisation or user that the app is installed for; null if the installation is named
 * @param api where the API is, with a slash at its end
 */
public record GitHubApp(
        String id,
        String key,
        @Nullable String installation,
        @Nullable String owner,
        URI api) {

    /** The user name that goes with an installation's token. */
    public static final String USER = "x-access-token";

    @Override
    public String toString() {
        return "GitHubApp(" + id + ")";
    }
}
