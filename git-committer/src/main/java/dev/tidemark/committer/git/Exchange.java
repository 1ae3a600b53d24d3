package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Source;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;

/** One exchange with a remote, over as many connections as it takes. */
final class Exchange {

    private final Transports transports;
    private final Source source;
    private final SshSessions sessions;
    private final OriginConnections connections;

    Exchange(Transports transports, Source source, SshSessions sessions) {
        this.transports = transports;
        this.source = source;
        this.sessions = sessions;
        this.connections = transports.connections(source);
    }

    /** @param repository what it fetches into, or pushes from */
    Transport open(Repository repository) throws IOException {
        return transports.open(repository, source, connections, sessions);
    }

    /**
     * Begins what may take its time.
     *
     * @param what before the remote's address, for people
     */
    TransferProgress begin(String what) {
        return new TransferProgress(
                transports.progress().begin(what + ' ' + source.url().address()));
    }

    /** What is taken of it. */
    PackLimits limits() {
        return transports.limits();
    }

    /** Says what went wrong. */
    RemoteProblems problems() {
        return new RemoteProblems(source, connections, () -> transports.refused(source));
    }
}
