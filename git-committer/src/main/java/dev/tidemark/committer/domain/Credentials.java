package dev.tidemark.committer.domain;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.flux.secret.SecretException;
import dev.tidemark.flux.secret.SecretReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a remote is reached with each time that it is needed: a Secret that was rotated is used from the next run on. */
public final class Credentials {

    private static final SecretContent NO_SECRET = new SecretContent(null, null, null);

    private final SecretReader secrets;

    public Credentials(SecretReader secrets) {
        this.secrets = secrets;
    }

    /** How a remote is reached now. May block. */
    public SourceOutcome of(Remote remote) {
        try {
            SecretContent secret = secret(remote, remote.secret(), "auth");
            Access access = GitAuthentication.of(remote, secret, proxy(remote));
            return new SourceOutcome.Found(new Source(remote.repository(), remote.url(), access, remote.timeout()));
        } catch (PlanException unusable) {
            // perhaps it is mended by now
            refused(remote);
            return new SourceOutcome.Unusable(unusable.problem());
        }
    }

    private @Nullable ProxyAddress proxy(Remote remote) {
        if (remote.proxySecret() == null) {
            return null;
        }
        try {
            return ProxyAddress.read(
                    secret(remote, remote.proxySecret(), "proxy"),
                    remote.repository().namespace() + '/' + remote.proxySecret());
        } catch (SecretException unusable) {
            throw PlanException.source(String.valueOf(unusable.getMessage()));
        }
    }

    private SecretContent secret(Remote remote, @Nullable String name, String purpose) {
        String namespace = remote.repository().namespace();
        return name == null
                ? NO_SECRET
                : secrets.get(namespace, name)
                        .orElseThrow(() -> PlanException.source("failed to get " + purpose + " secret '" + namespace
                                + "/" + name + "': Secret \"" + name + "\" not found"));
    }

    /** The remote does not take them: perhaps the Secret holds others by now. */
    public void refused(Remote remote) {
        for (String name : Arrays.asList(remote.secret(), remote.proxySecret())) {
            if (name != null) {
                secrets.refused(remote.repository().namespace(), name);
            }
        }
    }
}
