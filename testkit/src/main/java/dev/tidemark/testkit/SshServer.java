package dev.tidemark.testkit;

import dev.tidemark.broker.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** OpenSSH's own daemon on loopback, for repositories of this machine: whoever has an allowed key is this user. */
public final class SshServer implements AutoCloseable {

    /** Where Debian's sshd, run by root, wants an empty folder that its service makes. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final Path folder;
    private final SshKeygen keygen;
    private final int port;
    private final Daemon daemon;

    private SshServer(Path folder, SshKeygen keygen, int port, Daemon daemon) {
        this.folder = folder;
        this.keygen = keygen;
        this.port = port;
        this.daemon = daemon;
    }

    /** Starts one that allows no key yet, with host keys of two types. */
    public static SshServer start(Path parent) {
        Path program = Tools.require("sshd", "openssh-server");
        try {
            Path folder = Files.createDirectories(parent.resolve("sshd"));
            SshKeygen keygen = new SshKeygen(folder);
            Files.writeString(folder.resolve("authorized_keys"), "");
            if ("root".equals(System.getProperty("user.name"))) {
                Files.createDirectories(PRIVILEGE_SEPARATION);
            }
            for (String type : List.of("ed25519", "rsa")) {
                keygen.write(folder.resolve("host_" + type), "", "-t", type);
            }
            int port = FreePort.on(InetAddress.getLoopbackAddress());
            Files.writeString(folder.resolve("sshd_config"), """
                    Port %d
                    ListenAddress 127.0.0.1
                    HostKey %2$s/host_ed25519
                    HostKey %2$s/host_rsa
                    AuthorizedKeysFile %2$s/authorized_keys
                    PidFile none
                    StrictModes no
                    UsePAM no
                    PermitRootLogin prohibit-password
                    PasswordAuthentication no
                    KbdInteractiveAuthentication no
                    AcceptEnv GIT_PROTOCOL
                    """.formatted(port, folder));
            return new SshServer(folder, keygen, port, run(program, folder, port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set sshd up in " + parent, e);
        }
    }

    private static Daemon run(Path program, Path folder, int port) {
        Daemon daemon = Daemon.start(
                "sshd",
                List.of(
                        program.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString()),
                folder);
        daemon.awaitReady(() -> listens(port));
        return daemon;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Allows a key.
     *
     * @param options in front of it, as {@code authorized_keys} has them; may be empty
     */
    public void allow(SshKeygen.Key key, String options) {
        try {
            Files.writeString(
                    folder.resolve("authorized_keys"),
                    (options.isEmpty() ? "" : options + " ") + key.authorized(),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of {@code known_hosts} for this server. */
    public String knownHost(String type) {
        try {
            return "[127.0.0.1]:" + port + ' '
                    + Files.readString(folder.resolve("host_" + type + ".pub"), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, with the host's name hashed. */
    public String hashedKnownHost(String type) {
        Path file = folder.resolve("hashed");
        try {
            Files.writeString(file, knownHost(type));
            keygen.run("-H", "-f", file.toString());
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a repository of this machine is reached through this server. */
    public URI url(GitRemote remote) {
        return URI.create("ssh://" + user() + "@127.0.0.1:" + port + remote.folder());
    }

    /** Who logs in. */
    public String user() {
        return System.getProperty("user.name");
    }

    public int port() {
        return port;
    }

    /** How many logins there were. */
    public long logins() {
        try {
            return Files.readString(daemon.log())
                    .lines()
                    .filter(line -> line.startsWith("Accepted publickey"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every connection, as a server that restarts does. */
    public void endSessions() {
        daemon.process().descendants().forEach(session -> {
            session.destroy();
            session.onExit().join();
        });
    }

    @Override
    public void close() {
        daemon.stop();
    }
}
