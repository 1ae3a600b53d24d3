package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.github.GitHubAppTokens;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.time.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.util.Map;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/**
 * Opens connections to remotes with the credentials, the trust and the proxy of their GitRepositories. All clones of a
 * process share one. For any thread.
 */
public final class Transports {

    private final OutgoingConnections outgoing = new OutgoingConnections();
    private final GitHubAppTokens tokens;

    private final Scheduler scheduler;

    private final PackLimits limits;

    private final Progress progress;

    /**
     * @param scheduler of what waits for a host, and of time
     * @param limits what is taken of one remote at once
     * @param progress of what takes its time
     */
    public Transports(Scheduler scheduler, PackLimits limits, Progress progress) {
        this.scheduler = scheduler;
        this.limits = limits;
        this.progress = progress;
        this.tokens = new GitHubAppTokens(scheduler.clock());
    }

    /** Of which nobody is told how far it is. */
    public Transports(Scheduler scheduler, PackLimits limits) {
        this(scheduler, limits, Progress.untold(scheduler));
    }

    Progress progress() {
        return progress;
    }

    PackLimits limits() {
        return limits;
    }

    /** The SSH of one clone. */
    SshSessions sessions() {
        return new SshSessions(scheduler);
    }

    /** What the HTTP of one exchange with a remote goes over. */
    OriginConnections connections(Source source) {
        return new OriginConnections(source, outgoing);
    }

    /**
     * @param connections what HTTP goes over
     * @param sessions what SSH goes over
     */
    Transport open(Repository repository, Source source, OriginConnections connections, SshSessions sessions)
            throws IOException {
        try {
            Transport transport = Transport.open(repository, address(source));
            transport.setTimeout((int) Math.max(1, source.timeout().toSeconds()));
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
                authenticate(http, source.access(), connections);
            }
            if (transport instanceof SshTransport ssh && source.access().login() instanceof Access.Login.Key key) {
                ssh.setSshSessionFactory(sessions.of(source, key));
            }
            return transport;
        } catch (URISyntaxException e) {
            throw new TransportException("not a Git URL: " + e.getMessage(), e);
        }
    }

    private static URIish address(Source source) throws URISyntaxException {
        URIish address = new URIish(source.url().address());
        return source.access().login() instanceof Access.Login.Key key ? address.setUser(key.user()) : address;
    }

    private void authenticate(TransportHttp http, Access access, OriginConnections connections) throws IOException {
        switch (access.login()) {
            case Access.Login.Anonymous _, Access.Login.Key _ -> {}
            case Access.Login.Basic(String user, String password) ->
                http.setPreemptiveBasicAuthentication(user, password);
            case Access.Login.Bearer(String token) ->
                http.setAdditionalHeaders(Map.of("Authorization", "Bearer " + token));
            case Access.Login.App(GitHubApp app) -> {
                String token = token(app, access);
                connections.uses(token);
                http.setPreemptiveBasicAuthentication(GitHubApp.USER, token);
            }
        }
    }

    private String token(GitHubApp app, Access access) throws IOException {
        try {
            return tokens.of(app, outgoing.gitHub(access));
        } catch (GitHubAppTokens.RefusedException refused) {
            throw new LoginException(String.valueOf(refused.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the process ends");
        }
    }

    /** The remote does not take what it is reached with: what was derived from it is not used again. */
    void refused(Source source) {
        if (source.access().login() instanceof Access.Login.App(GitHubApp app)) {
            tokens.refused(app);
        }
    }
}
