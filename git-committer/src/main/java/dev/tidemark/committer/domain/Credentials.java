package dev.tidemark.committer.domain;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;

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
            Access access = GitAuthentication.of(remote, secret(remote));
            return new SourceOutcome.Found(new Source(remote.repository(), remote.url(), access, remote.timeout()));
        } catch (PlanException unusable) {
            return new SourceOutcome.Unusable(unusable.problem());
        }
    }

    private SecretContent secret(Remote remote) {
        String namespace = remote.repository().namespace();
        String name = remote.secret();
        return name == null
                ? NO_SECRET
                : secrets.get(namespace, name)
                        .orElseThrow(() -> PlanException.source("failed to get auth secret '" + namespace + "/" + name
                                + "': Secret \"" + name + "\" not found"));
    }

    /** The remote does not take them: perhaps the Secret holds others by now. */
    public void refused(Remote remote) {
        if (remote.secret() != null) {
            secrets.refused(remote.repository().namespace(), remote.secret());
        }
    }
}
