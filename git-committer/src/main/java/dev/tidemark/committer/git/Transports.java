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

    /** @param connections what HTTP goes over */
    static Transport open(Repository repository, Source source, OriginConnections connections)
            throws TransportException, NotSupportedException {
        try {
            Transport transport =
                    Transport.open(repository, new URIish(source.url().address()));
            transport.setTimeout((int) Math.max(1, source.timeout().toSeconds()));
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
                authenticate(http, source.access().login());
            }
            return transport;
        } catch (URISyntaxException e) {
            throw new TransportException("not a Git URL: " + e.getMessage(), e);
        }
    }

    private static void authenticate(TransportHttp http, Access.Login login) {
        switch (login) {
            case Access.Login.Anonymous anonymous -> {}
            case Access.Login.Basic(String user, String password) ->
                http.setPreemptiveBasicAuthentication(user, password);
            case Access.Login.Bearer(String token) ->
                http.setAdditionalHeaders(Map.of("Authorization", "Bearer " + token));
        }
    }
}
