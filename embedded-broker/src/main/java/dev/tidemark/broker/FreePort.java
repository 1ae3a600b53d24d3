package dev.tidemark.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nothing listens on. They lie below those that systems give to outgoing connections (from 32768 on Linux, from
 * 49152 by RFC 6335): one of these may be taken by somebody's request between the moment when it is found free and the one
 * when it is listened on, and again while a process that comes back to its port is away.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_768;

    /** So many in a row are taken only where nearly all are. */
    private static final int TRIES = 200;

    private FreePort() {}

    /** @throws IOException if none can be had at this address */
    public static int on(InetAddress address) throws IOException {
        IOException taken = new IOException("no port was tried");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address, port), 1);
                return port;
            } catch (IOException another) {
                taken = another;
            }
        }
        throw taken;
    }
}
