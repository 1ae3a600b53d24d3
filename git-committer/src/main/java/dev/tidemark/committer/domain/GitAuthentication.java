package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.github.GitHubAppSecret;
import dev.tidemark.flux.secret.Certificates;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.flux.secret.SecretException;
import org.jspecify.annotations.Nullable;

/** Credentials of a GitRepository from its Secret (flux-git-based 13). */
final class GitAuthentication {

    private static final int DELETE = 0x7f;
    private static final String SSH_USER = "git";
    private static final String GENERIC = "generic";
    private static final String GITHUB = "github";

    private GitAuthentication() {}

    static String provider(GitRepositorySpec spec) {
        return spec.provider() == null ? GENERIC : spec.provider();
    }

    /** Refuses what no Secret can make right. */
    static void check(GitRepositorySpec spec) {
        if (spec.secretRef() == null || !provider(spec).equals(GITHUB)) {
            checkProvider(provider(spec), "", false);
        }
    }

    /**
     * @param secret an empty one where none is named
     * @param proxy null for none
     */
    static Access of(Remote remote, SecretContent secret, @Nullable ProxyAddress proxy) {
        checkProvider(remote.provider(), remote.secret() == null ? "" : remote.secret(), GitHubAppSecret.isIn(secret));
        return switch (remote.url().scheme()) {
            case FILE -> new Access(new Access.Login.Anonymous());
            case SSH -> new Access(overSsh(remote.url(), secret), null, proxy);
            case HTTP, HTTPS ->
                new Access(
                        remote.provider().equals(GITHUB) ? asApp(secret) : overHttp(remote.url(), secret),
                        Certificates.in(secret)
                                ? new Access.Tls(secret, remote.repository().namespace() + '/' + remote.secret())
                                : null,
                        proxy);
        };
    }

    private static Access.Login asApp(SecretContent secret) {
        try {
            return new Access.Login.App(GitHubAppSecret.read(secret));
        } catch (SecretException wrong) {
            throw PlanException.source(String.valueOf(wrong.getMessage()));
        }
    }

    private static Access.Login overHttp(GitUrl url, SecretContent secret) {
        String token = secret.text("bearerToken");
        if (token != null) {
            if (url.user() != null) {
                throw PlanException.source("basic auth and bearer token cannot be set at the same time");
            }
            if (token.chars().anyMatch(c -> c < ' ' || c >= DELETE)) {
                throw PlanException.source("the Secret's bearerToken has a line break or another character that no "
                        + "HTTP header takes: write it without");
            }
            return new Access.Login.Bearer(token);
        }
        String user = first(secret.text("username"), url.user());
        String password = first(secret.text("password"), url.password());
        if (password != null && user == null) {
            throw PlanException.source(
                    "invalid '" + url.scheme().text() + "' auth option: 'password' requires 'username' to be set");
        }
        return user == null
                ? new Access.Login.Anonymous()
                : new Access.Login.Basic(user, password == null ? "" : password);
    }

    private static Access.Login overSsh(GitUrl url, SecretContent secret) {
        String user = url.user() == null || url.user().isEmpty() ? SSH_USER : url.user();
        return new Access.Login.Key(
                user, required("identity", secret), secret.text("password"), required("known_hosts", secret));
    }

    private static String required(String key, SecretContent secret) {
        String text = secret.text(key);
        if (text == null || text.isBlank()) {
            throw PlanException.source("invalid 'ssh' auth option: '" + key + "' is required");
        }
        return text;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static void checkProvider(String provider, String secret, boolean app) {
        switch (provider) {
            case GITHUB -> {
                if (!app) {
                    throw PlanException.stalled(
                            Reasons.INVALID_SOURCE_CONFIGURATION,
                            "secretRef with github app data must be specified when provider is set to github");
                }
            }
            case GENERIC -> {
                if (app) {
                    throw PlanException.stalled(
                            Reasons.INVALID_SOURCE_CONFIGURATION,
                            "secretRef '" + secret + "' has github app data but provider is not set to github");
                }
            }
            default ->
                throw PlanException.stalled(
                        Reasons.INVALID_SOURCE_CONFIGURATION,
                        "GitRepository provider '" + provider
                                + "' is not served yet by this version: use a user name and token with provider"
                                + " generic");
        }
    }
}
