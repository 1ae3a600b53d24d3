package dev.tidemark.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy that lets everybody through who has the password, and remembers the head of what it was asked. */
public final class RecordingProxy implements AutoCloseable {

    private static final String REFUSAL = """
            HTTP/1.1 407 Proxy Authentication Required\r
            Proxy-Authenticate: Basic realm="proxy"\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """;

    private final ServerSocket server;
    private final @Nullable String authorization;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** @param authorization what a client has to send; null for everybody */
    public RecordingProxy(@Nullable String authorization) {
        this.authorization = authorization;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** As a Secret has it. */
    public String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The heads of requests, in their order. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            String head = head(in);
            heads.add(head);
            if (authorization != null
                    && !head.toLowerCase(Locale.ROOT)
                            .contains("proxy-authorization: " + authorization.toLowerCase(Locale.ROOT) + "\r\n")) {
                write(out, REFUSAL);
                return;
            }
            String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
            boolean tunnel = head.startsWith("CONNECT ");
            URI uri = URI.create(tunnel ? "tcp://" + target : target);
            try (Socket backend = new Socket(uri.getHost(), uri.getPort())) {
                if (tunnel) {
                    write(out, "HTTP/1.1 200 OK\r\n\r\n");
                } else {
                    write(backend.getOutputStream(), head.replace(target, path(uri)));
                }
                Thread back = Thread.ofVirtual().start(() -> pipe(backend, client));
                in.transferTo(backend.getOutputStream());
                back.join();
            }
        } catch (IOException gone) {
            // the client hears of it
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException gone) {
            // the other side hears of it
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended in the middle of a head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
