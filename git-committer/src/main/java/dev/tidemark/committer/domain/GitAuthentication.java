package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.SecretContent;
import org.jspecify.annotations.Nullable;

/** Credentials of a GitRepository from its Secret (flux-git-based 13). */
final class GitAuthentication {

    private static final int DELETE = 0x7f;
    private static final SecretContent NO_SECRET = new SecretContent(null, null, null);

    private GitAuthentication() {}

    static Access of(Resource<GitRepositorySpec> repository, GitUrl url, ResourceSnapshot resources) {
        GitRepositorySpec spec = repository.spec();
        SecretContent secret = secretOf(repository, resources);
        checkProvider(spec, secret);
        if (spec.proxySecretRef() != null) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "spec.proxySecretRef of the GitRepository is not served yet by this version: remove it");
        }
        return switch (url.scheme()) {
            case FILE -> new Access(new Access.Login.Anonymous(), null);
            case HTTP, HTTPS -> overHttp(url, secret);
            case SSH ->
                throw PlanException.source("ssh URLs are not served yet by this version (the URL is '" + url.address()
                        + "'): use https with a token in the GitRepository's secretRef");
        };
    }

    private static Access overHttp(GitUrl url, SecretContent secret) {
        String token = text(secret, "bearerToken");
        if (secret.entries().containsKey("tls.crt")) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "client certificates (tls.crt) are not served yet by this version: use a user name and password");
        }
        String ca = text(secret, "ca.crt") == null ? text(secret, "caFile") : text(secret, "ca.crt");
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
        String user = text(secret, "username") == null ? url.user() : text(secret, "username");
        String password = text(secret, "password") == null ? url.password() : text(secret, "password");
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

    private static SecretContent secretOf(Resource<GitRepositorySpec> repository, ResourceSnapshot resources) {
        if (repository.spec().secretRef() == null) {
            return NO_SECRET;
        }
        String name = repository.spec().secretRef().name();
        return resources
                .find(Kinds.SECRET, repository.namespace(), name)
                .map(Resource::spec)
                .orElseThrow(() -> PlanException.source("failed to get auth secret '" + repository.namespace() + "/"
                        + name + "': Secret \"" + name + "\" not found"));
    }

    private static void checkProvider(GitRepositorySpec spec, SecretContent secret) {
        String provider = spec.provider() == null ? "generic" : spec.provider();
        boolean app = secret.entries().containsKey("githubAppID");
        if (provider.equals("github") && !app) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "secretRef with github app data must be specified when provider is set to github");
        }
        if (provider.equals("generic") && app) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "secretRef '"
                            + (spec.secretRef() == null ? "" : spec.secretRef().name())
                            + "' has github app data but provider is not set to github");
        }
        if (!provider.equals("generic")) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "GitRepository provider '" + provider
                            + "' is not served yet by this version: use a user name and token with provider generic");
        }
    }

    private static @Nullable String text(SecretContent secret, String key) {
        return secret.text(key);
    }
}
