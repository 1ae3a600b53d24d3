package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.flux.secret.Certificates;
import dev.tidemark.flux.secret.SecretException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Socket factories for the authorities and client certificates of Secrets. One for each: connections are kept open by the
 * JDK only between requests with the same factory, and a TLS handshake costs more than a push. For any thread.
 */
final class TlsProfiles {

    /** More repositories share few Secrets; what falls out is made again. */
    private static final int KEPT = 64;

    private final Map<Access.Tls, SSLSocketFactory> made = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Access.Tls, SSLSocketFactory> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * @param certificates null for the JDK's own, and no client certificate
     * @return null where the JDK's own does
     * @throws LoginException if a certificate or a key cannot be used; the message has the remedy
     */
    synchronized @Nullable SSLSocketFactory of(Access.@Nullable Tls certificates) throws LoginException {
        if (certificates == null) {
            return null;
        }
        SSLSocketFactory known = made.get(certificates);
        if (known == null) {
            known = made(certificates);
            made.put(certificates, known);
        }
        return known;
    }

    /** Those of the Secret besides the system's, as Go's transport has them. */
    private static SSLSocketFactory made(Access.Tls certificates) throws LoginException {
        try {
            return new Certificates(certificates.secret(), certificates.from())
                    .context(false)
                    .getSocketFactory();
        } catch (SecretException unusable) {
            throw new LoginException(String.valueOf(unusable.getMessage()));
        }
    }
}
