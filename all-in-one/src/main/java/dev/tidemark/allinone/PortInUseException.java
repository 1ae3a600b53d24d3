package dev.tidemark.allinone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that was asked for is somebody else's, or is none. */
final class PortInUseException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was asked for is no address at all. */
    PortInUseException(String message) {
        super(message);
    }

    private PortInUseException(String message, IOException cause) {
        super(message, cause);
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
            throw new PortInUseException(
                    "port " + port + " of " + host + " cannot be used (" + e.getMessage()
                            + "): end the program that uses it, or set another with " + setting
                            + " (0 for any free one)",
                    e);
        }
    }
}
