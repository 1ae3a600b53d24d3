package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.SecretContent;
import org.jspecify.annotations.Nullable;

/** Credentials of a GitRepository from its Secret (flux-git-based 13). */
final class GitAuthentication {

    private static final int DELETE = 0x7f;
    private static final String GENERIC = "generic";
    private static final String GITHUB = "github";

    private GitAuthentication() {}

    static String provider(GitRepositorySpec spec) {
        return spec.provider() == null ? GENERIC : spec.provider();
    }

    /** Refuses what no Secret can make right. */
    static void check(GitRepositorySpec spec, GitUrl url) {
        if (spec.secretRef() == null || !provider(spec).equals(GITHUB)) {
            checkProvider(provider(spec), "", false);
        }
        if (spec.proxySecretRef() != null) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "spec.proxySecretRef of the GitRepository is not served yet by this version: remove it");
        }
        if (url.scheme() == GitUrl.Scheme.SSH) {
            throw ssh(url);
        }
    }

    private static PlanException ssh(GitUrl url) {
        return PlanException.source("ssh URLs are not served yet by this version (the URL is '" + url.address()
                + "'): use https with a token in the GitRepository's secretRef");
    }

    /** @param secret an empty one where none is named */
    static Access of(Remote remote, SecretContent secret) {
        checkProvider(
                remote.provider(),
                remote.secret() == null ? "" : remote.secret(),
                secret.entries().containsKey("githubAppID"));
        return switch (remote.url().scheme()) {
            case FILE -> new Access(new Access.Login.Anonymous(), null);
            case HTTP, HTTPS -> overHttp(remote.url(), secret);
            case SSH -> throw ssh(remote.url());
        };
    }

    private static Access overHttp(GitUrl url, SecretContent secret) {
        String token = secret.text("bearerToken");
        if (secret.entries().containsKey("tls.crt")) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "client certificates (tls.crt) are not served yet by this version: use a user name and password");
        }
        String ca = first(secret.text("ca.crt"), secret.text("caFile"));
        if (token != null) {
            if (url.user() != null) {
                throw PlanException.source("basic auth and bearer token cannot be set at the same time");
            }
            if (token.chars().anyMatch(c -> c < ' ' || c >= DELETE)) {
                throw PlanException.source("the Secret's bearerToken has a line break or another character that no "
                        + "HTTP header takes: write it without");
            }
            return new Access(new Access.Login.Bearer(token), ca);
        }
        String user = first(secret.text("username"), url.user());
        String password = first(secret.text("password"), url.password());
        if (password != null && user == null) {
            throw PlanException.source(
                    "invalid '" + url.scheme().text() + "' auth option: 'password' requires 'username' to be set");
        }
        return new Access(
                user == null
                        ? new Access.Login.Anonymous()
                        : new Access.Login.Basic(user, password == null ? "" : password),
                ca);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static void checkProvider(String provider, String secret, boolean app) {
        if (provider.equals(GITHUB) && !app) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "secretRef with github app data must be specified when provider is set to github");
        }
        if (provider.equals(GENERIC) && app) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "secretRef '" + secret + "' has github app data but provider is not set to github");
        }
        if (!provider.equals(GENERIC)) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "GitRepository provider '" + provider
                            + "' is not served yet by this version: use a user name and token with provider generic");
        }
    }
}
