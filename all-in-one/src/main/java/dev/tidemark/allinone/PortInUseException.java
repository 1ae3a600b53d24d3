package dev.tidemark.allinone;

import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A port that was asked for is somebody else's, or is none. */
final class PortInUseException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String MANAGEMENT = "quarkus.management.port";

    /** What was asked for is no address at all. */
    PortInUseException(String message) {
        super(message);
    }

    private PortInUseException(String host, int port, String setting, IOException cause) {
        super(
                "port " + port + " of " + host + " cannot be used ("
                        + PortHolder.of(port)
                                .map(holder -> "in use by " + holder)
                                .orElse(cause.getMessage())
                        + "): end the program that uses it, or set another with " + setting + " (0 for any free one)",
                cause);
    }

    /** What a start ended with, where that is a port which somebody took meanwhile. */
    static Optional<PortInUseException> in(@Nullable Throwable reason, Listen listen) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                String setting = bind.getPort() == listen.port() ? listen.setting() : MANAGEMENT;
                return Optional.of(new PortInUseException(bind.getHost(), bind.getPort(), setting, bind));
            }
        }
        return Optional.empty();
    }

    /**
     * Tries the port before anything is started on it: later it would end in the middle of the start, in many words.
     *
     * @param port 0 for any free one, which is always there
     * @param setting what names the port, for the remedy
     */
    static void check(String host, int port, String setting) throws PortInUseException {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new PortInUseException(host, port, setting, e);
        }
    }
}
