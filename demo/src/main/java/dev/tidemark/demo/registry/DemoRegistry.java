package dev.tidemark.demo.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry for trying Tidemark out, on the loopback interface: OCI distribution push, pull, tag lists with pages, tag
 * deletion and push notifications. Not for anything else: it knows no users and forgets no blob.
 */
public final class DemoRegistry implements AutoCloseable {

    /** What is said wherever the registry is started. */
    public static final String NOTICE = "The demo registry is for trying out: it asks nobody who they are.";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Notifications notifications;

    private DemoRegistry(HttpServer server, ExecutorService threads, Notifications notifications) {
        this.server = server;
        this.threads = threads;
        this.notifications = notifications;
    }

    /**
     * Starts on a folder that may hold what an earlier one kept.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public static DemoRegistry start(Path folder, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Notifications notifications = new Notifications();
        server.setExecutor(threads);
        server.createContext("/", new RegistryHandler(new RegistryStore(folder), new Uploads(), notifications));
        server.start();
        return new DemoRegistry(server, threads, notifications);
    }

    /** Tells this address of every push from now on. */
    public void notify(URI subscriber) {
        notifications.subscribe(subscriber);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        notifications.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
