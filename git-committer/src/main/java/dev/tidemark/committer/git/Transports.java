package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Source;
import java.net.URISyntaxException;
import java.util.Map;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Opens a connection to a remote with the credentials and the trust of its GitRepository. */
final class Transports {

    private Transports() {}

    static Transport open(Repository repository, Source source) throws TransportException, NotSupportedException {
        try {
            Transport transport =
                    Transport.open(repository, new URIish(source.url().toString()));
            transport.setTimeout(Math.clamp(source.timeout().toSeconds(), 1, Integer.MAX_VALUE));
            if (transport instanceof TransportHttp http) {
                configure(http, source.access());
            }
            return transport;
        } catch (URISyntaxException e) {
            throw new TransportException("not a Git URL: " + e.getMessage(), e);
        }
    }

    private static void configure(TransportHttp http, Access access) {
        switch (access.login()) {
            case Access.Login.Anonymous anonymous -> {}
            case Access.Login.Basic(String user, String password) ->
                http.setPreemptiveBasicAuthentication(user, password);
            case Access.Login.Bearer(String token) ->
                http.setAdditionalHeaders(Map.of("Authorization", "Bearer " + token));
        }
        String certificates = access.certificates();
        if (certificates != null) {
            http.setHttpConnectionFactory(TrustingConnections.of(certificates));
        }
    }
}
