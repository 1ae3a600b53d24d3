package dev.tidemark.flux;

import org.jspecify.annotations.Nullable;

/**
 * With what a registry is looked at: the references of one resource that decide which tags it can see (DESIGN 3,
 * flux-git-based 9.2 and 9.3). Its {@link #text()} is the profile of a {@link dev.tidemark.events.Feed}.
 *
 * @param namespace where the references point into; empty only when there are none
 * @param secret Secrets with a docker config, read only without a cloud provider
 * @param serviceAccount its {@code imagePullSecrets}, or the identity of a cloud login
 * @param certificates Secret with a CA or a client certificate
 * @param onlyOwnCertificates whether the CA stands in place of the system's (RSIP) or beside them (ImageRepository)
 * @param proxy Secret with a proxy's address
 * @param provider {@code aws}, {@code azure} or {@code gcp}; null for plain registries
 * @param insecure whether plain HTTP is allowed
 */
public record AccessProfile(
        String namespace,
        @Nullable String secret,
        @Nullable String serviceAccount,
        @Nullable String certificates,
        boolean onlyOwnCertificates,
        @Nullable String proxy,
        @Nullable String provider,
        boolean insecure) {

    public static final AccessProfile ANONYMOUS = new AccessProfile("", null, null, null, false, null, null, false);

    /**
     * {@code namespace/secret} followed by what else there is, each after a semicolon in this order: {@code sa=NAME},
     * {@code cert=NAME} (or {@code only-cert=NAME}), {@code proxy=NAME}, {@code provider=NAME}, {@code insecure}.
     * Without a Secret nothing stands after the slash; without anything the text is empty.
     */
    public String text() {
        if (namespace.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(namespace).append('/');
        if (secret != null) {
            text.append(secret);
        }
        append(text, "sa", serviceAccount);
        append(text, onlyOwnCertificates ? "only-cert" : "cert", certificates);
        append(text, "proxy", proxy);
        append(text, "provider", provider);
        if (insecure) {
            text.append(";insecure");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String word, @Nullable String name) {
        if (name != null) {
            text.append(';').append(word).append('=').append(name);
        }
    }
}
