package dev.tidemark.flux.github;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The layout of a Secret that describes a GitHub App (flux-git-based 13). */
public final class GitHubAppSecret {

    private static final String ID = "githubAppID";

    private static final String KEY = "githubAppPrivateKey";
    private static final String INSTALLATION = "githubAppInstallationID";
    private static final String OWNER = "githubAppInstallationOwner";
    private static final String BASE_URL = "githubAppBaseURL";

    private static final URI GITHUB_API = URI.create("https://api.github.com/");

    /** Where an Enterprise server, whose address is written without it, has its API. */
    private static final String ENTERPRISE_PATH = "api/v3/";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** What GitHub allows in names of users and organisations. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private GitHubAppSecret() {}

    /** Whether a Secret describes an app. */
    public static boolean isIn(SecretContent secret) {
        return secret.entries().containsKey(ID);
    }

    public static GitHubApp read(SecretContent secret) throws SecretException {
        String key = secret.text(KEY);
        if (key == null || key.isBlank()) {
            throw wrong("has no " + KEY + ": write the private key of the app into it, in PEM");
        }
        String id = entry(secret, ID);
        if (id == null) {
            throw wrong("has an empty " + ID);
        }
        String installation = entry(secret, INSTALLATION);
        String owner = entry(secret, OWNER);
        if ((installation == null) == (owner == null)) {
            throw wrong("has to have exactly one of " + INSTALLATION + " and " + OWNER);
        }
        if (installation != null && !NUMBER.matcher(installation).matches()) {
            throw wrong("has an " + INSTALLATION + " that is no number");
        }
        if (owner != null && !NAME.matcher(owner).matches()) {
            throw wrong("has an " + OWNER + " that is no name of a user or an organisation");
        }
        return new GitHubApp(id, key, installation, owner, api(entry(secret, BASE_URL)));
    }

    private static @Nullable String entry(SecretContent secret, String name) {
        String text = secret.text(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static URI api(@Nullable String base) throws SecretException {
        if (base == null) {
            return GITHUB_API;
        }
        try {
            URI uri = URI.create(base.endsWith("/") ? base : base + '/');
            String host = uri.getHost();
            if (host == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("no address of a server");
            }
            boolean isApi =
                    uri.getPath().endsWith('/' + ENTERPRISE_PATH) || host.startsWith("api.") || host.contains(".api.");
            return isApi ? uri : uri.resolve(ENTERPRISE_PATH);
        } catch (IllegalArgumentException noUrl) {
            throw wrong("has a " + BASE_URL + " that is none: write https://HOST");
        }
    }

    private static SecretException wrong(String what) {
        return new SecretException("the Secret of the GitHub App " + what);
    }
}
