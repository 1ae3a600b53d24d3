package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.runtime.time.Scheduler;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.ProxyData;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * The SSH session of one clone. It is kept for a while after an exchange: a handshake costs several round trips, more than
 * a push does, and a fetch that follows a lost race or a push that follows a fetch need none of their own then. Only the
 * key and the hosts of the Secret are used; nothing is read from the machine's own configuration.
 */
final class SshSessions implements AutoCloseable {

    /** Longer than the pauses within one run, shorter than what servers and firewalls allow an idle connection. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** JGit wants folders to look for files in; here there are none, and they are not made. */
    private static final File NOWHERE = Path.of("/nonexistent").toFile();

    private final Scheduler scheduler;
    private @Nullable Kept kept;

    SshSessions(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A session, who it belongs to, and whether it is used at the moment. */
    private static final class Kept {
        private final GitUrl url;
        private final Access access;
        private final SshdSession session;
        private boolean lent;

        private Kept(Source source, SshdSession session) {
            this.url = source.url();
            this.access = source.access();
            this.session = session;
        }

        private boolean serves(Source source) {
            return url.equals(source.url()) && access.equals(source.access());
        }
    }

    /** Who is asked, and how. */
    private record Peer(Source source, Access.Login.Key login, URIish uri, FS fs, int timeout) {}

    /** What one exchange with a remote gets its session from. */
    SshSessionFactory of(Source source, Access.Login.Key login) {
        return new SshSessionFactory() {
            @Override
            public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
                    throws TransportException {
                Peer peer = new Peer(source, login, uri, fs, timeout);
                Kept before = lend(source);
                return before == null ? new Lent(peer, connect(peer), false) : new Lent(peer, before.session, true);
            }

            @Override
            public void releaseSession(RemoteSession session) {
                release();
            }

            @Override
            public String getType() {
                return "tidemark";
            }
        };
    }

    private synchronized @Nullable Kept lend(Source source) {
        if (kept == null || !kept.serves(source)) {
            return null;
        }
        kept.lent = true;
        return kept;
    }

    private SshdSession connect(Peer peer) throws TransportException {
        forget();
        Kept opened = new Kept(peer.source, opened(peer));
        keep(opened);
        opened.session.addCloseListener(closed -> ended(opened));
        return opened.session;
    }

    /** Within the time that an exchange may take: sshd's own patience is two minutes, whatever it is told. */
    private SshdSession opened(Peer peer) throws TransportException {
        SshdSessionFactory factory = factory(peer);
        CompletableFuture<SshdSession> opening = new CompletableFuture<>();
        var handshake = scheduler.start("ssh-handshake", () -> {
            try {
                opening.complete(factory.getSession(peer.uri, null, peer.fs, peer.timeout));
            } catch (TransportException | RuntimeException failed) {
                opening.completeExceptionally(failed);
            }
        });
        try {
            Optional<SshdSession> opened = scheduler.await(opening, Duration.ofMillis(peer.timeout));
            if (opened.isPresent()) {
                return opened.get();
            }
            throw new TransportException(peer.uri, "the SSH handshake took too long", new SocketTimeoutException());
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof TransportException refused
                    ? refused
                    : new TransportException(peer.uri, String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new TransportException(peer.uri, "interrupted", end);
        } finally {
            if (!opening.isDone()) {
                // who comes after all is sent away
                handshake.interrupt();
                var unused = opening.thenAccept(SshdSession::disconnect);
            }
        }
    }

    private static SshdSessionFactory factory(Peer peer) throws TransportException {
        try {
            GitUrl url = peer.source.url();
            KnownHosts hosts = KnownHosts.of(peer.login.knownHosts(), url.host(), url.port());
            KeyPair key = SshKeys.read(peer.login.identity(), peer.login.passphrase());
            return new SshdSessionFactoryBuilder()
                    .setHomeDirectory(NOWHERE)
                    .setSshDirectory(NOWHERE)
                    .setPreferredAuthentications("publickey")
                    .setConfigStoreFactory((home, file, user) -> null)
                    .setDefaultIdentities(folder -> List.of())
                    .setDefaultKeysProvider(folder -> List.of(key))
                    .setServerKeyDatabase((home, folder) -> hosts)
                    .setProxyDataFactory(host -> proxy(peer.source.access().proxy()))
                    .build(null);
        } catch (LoginException unusable) {
            throw new TransportException(unusable.getMessage(), unusable);
        }
    }

    private static @Nullable ProxyData proxy(@Nullable ProxyAddress proxy) {
        if (proxy == null) {
            return null;
        }
        Proxy way = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
        return proxy.login() == null
                ? new ProxyData(way)
                : new ProxyData(
                        way, proxy.login().user(), proxy.login().password().toCharArray());
    }

    private synchronized void keep(Kept opened) {
        opened.lent = true;
        kept = opened;
    }

    private synchronized void release() {
        Kept released = kept;
        if (released != null) {
            released.lent = false;
            var unused = scheduler.after(IDLE, () -> expire(released));
        }
    }

    /** One that was lent again in between ends a little early, and is opened anew. */
    private synchronized void expire(Kept idle) {
        if (kept == idle && !idle.lent) {
            kept = null;
            var unused = scheduler.start("ssh-farewell", idle.session::disconnect);
        }
    }

    private synchronized void ended(Kept session) {
        if (kept == session) {
            kept = null;
        }
    }

    private void forget() {
        Kept old = taken();
        if (old != null) {
            // not under the lock: it waits for the thread that tells the listener
            old.session.disconnect();
        }
    }

    private synchronized @Nullable Kept taken() {
        Kept old = kept;
        kept = null;
        return old;
    }

    @Override
    public void close() {
        forget();
    }

    /** A session that stays open when its exchange ends. */
    private final class Lent implements RemoteSession2 {
        private final Peer peer;
        private final SshdSession session;
        private final boolean usedBefore;

        private Lent(Peer peer, SshdSession session, boolean usedBefore) {
            this.peer = peer;
            this.session = session;
            this.usedBefore = usedBefore;
        }

        @Override
        public Process exec(String command, int timeout) throws IOException {
            return exec(command, Map.of(), timeout);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int timeout) throws IOException {
            try {
                return session.exec(command, environment, timeout);
            } catch (IOException failed) {
                if (!usedBefore) {
                    throw failed;
                }
                // the host, or something on the way, has ended what was kept
                return connect(peer).exec(command, environment, timeout);
            }
        }

        @Override
        public void disconnect() {
            // kept for the next exchange
        }
    }
}
