package dev.tidemark.testkit.kube;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * The two things of a kubelet that a test needs: it forwards ports, and gives logs. A real API server knows it as a node, and
 * sends to it what asks for {@code pods/portforward} of a pod on that node, here by WebSocket ({@code v4.channel.k8s.io}), or for
 * {@code pods/log}.
 */
public final class FakeKubelet implements AutoCloseable {

    private static final Pattern ASKED = Pattern.compile("^GET /portForward/([^/]+/[^/?]+)\\?\\S*port=(\\d+)");
    private static final Pattern LOG = Pattern.compile("^GET /containerLogs/([^/]+/[^/]+)/([^/?]+\\S*)");
    private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(\\S+)");
    private static final String PROTOCOL = "v4.channel.k8s.io";

    /** What RFC 6455 adds to the key. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Before a key of PKCS 1 of 256 to 65,535 bytes, the two lengths left out: what makes PKCS 8 of it. */
    private static final byte[] RSA = Base64.getDecoder().decode("AgEAMA0GCSqGSIb3DQEBAQUA");

    private static final char[] PASSWORD = "not a secret".toCharArray();

    private final ApiServer server;
    private final String node;
    private final SSLServerSocket socket;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Map<String, String> logs = new ConcurrentHashMap<>();
    private final List<String> askedLogs = new CopyOnWriteArrayList<>();

    private FakeKubelet(ApiServer server, String node, SSLServerSocket socket) {
        this.server = server;
        this.node = node;
        this.socket = socket;
    }

    /** Makes the node and answers for it. */
    public static FakeKubelet start(ApiServer server, String node) {
        try {
            SSLServerSocket socket = (SSLServerSocket) identity(server)
                    .getServerSocketFactory()
                    .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
            FakeKubelet kubelet = new FakeKubelet(server, node, socket);
            kubelet.declare();
            Thread.ofVirtual().name("fake-kubelet").start(kubelet::listen);
            return kubelet;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no fake kubelet", e);
        }
    }

    private void declare() {
        server.admin().apply("apiVersion: v1\nkind: Node\nmetadata: {name: %s}\n".formatted(node));
        server.kubectl("patch", "node", node, "--subresource=status", "--type=merge", "-p", """
                {"status": {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
                            "daemonEndpoints": {"kubeletEndpoint": {"Port": %d}}}}""".formatted(
                        socket.getLocalPort()));
    }

    /** What listens on a port of this machine is what a pod has on one of its own. */
    public void serves(String namespace, String pod, int port, int here) {
        ports.put(namespace + '/' + pod + ':' + port, here);
    }

    /** What a pod has logged, with times; whoever follows is given it, and then the pod has ended. */
    public void logs(String namespace, String pod, String lines) {
        logs.put(namespace + '/' + pod, lines);
    }

    /** Which container's log was asked for, and how. */
    public List<String> askedLogs() {
        return askedLogs;
    }

    public String node() {
        return node;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().name("fake-kubelet-connection").start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            String head = head(in);
            Matcher log = LOG.matcher(head);
            if (log.find()) {
                askedLogs.add(log.group(2));
                byte[] lines = logs.getOrDefault(log.group(1), "").getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: " + lines.length
                                + "\r\nconnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(lines);
                return;
            }
            Matcher asked = ASKED.matcher(head);
            Matcher key = KEY.matcher(head);
            Integer port = asked.find() ? ports.get(asked.group(1) + ':' + asked.group(2)) : null;
            if (port == null || !key.find()) {
                out.write("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            out.write(("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
                            + "sec-websocket-protocol: " + PROTOCOL + "\r\nsec-websocket-accept: "
                            + accepted(key.group(1)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            try (Socket pod = new Socket(InetAddress.getLoopbackAddress(), port)) {
                forward(Integer.parseInt(asked.group(2)), in, out, pod);
            }
        } catch (IOException | GeneralSecurityException gone) {
            // as when a node is
        }
    }

    /** A channel for bytes and one for what is wrong; each begins with the port. */
    private static void forward(int port, DataInputStream in, OutputStream out, Socket pod) throws IOException {
        byte[] low = {(byte) port, (byte) (port >> 8)};
        send(out, 0, low, low.length);
        send(out, 1, low, low.length);
        Thread.ofVirtual().name("fake-kubelet-answers").start(() -> answers(out, pod));
        while (true) {
            byte[] frame = frame(in);
            if (frame.length > 1 && frame[0] == 0) {
                pod.getOutputStream().write(frame, 1, frame.length - 1);
                pod.getOutputStream().flush();
            }
        }
    }

    private static void answers(OutputStream out, Socket pod) {
        byte[] buffer = new byte[8 * 1024];
        try (InputStream said = pod.getInputStream()) {
            for (int read = said.read(buffer); read >= 0; read = said.read(buffer)) {
                send(out, 0, buffer, read);
            }
            out.write(new byte[] {(byte) 0x88, 0});
            out.flush();
        } catch (IOException gone) {
            // so is the other half
        }
    }

    private static void send(OutputStream out, int channel, byte[] bytes, int length) throws IOException {
        int size = length + 1;
        // a length has to be written as short as it can
        ByteBuffer frame = ByteBuffer.allocate(4 + size).put((byte) 0x82);
        if (size < 126) {
            frame.put((byte) size);
        } else {
            frame.put((byte) 126).putShort((short) size);
        }
        frame.put((byte) channel).put(bytes, 0, length);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /** @throws EOFException where the other side closes */
    private static byte[] frame(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int size = in.readUnsignedByte() & 0x7f;
        int length = size == 126 ? in.readUnsignedShort() : size == 127 ? Math.toIntExact(in.readLong()) : size;
        byte[] mask = in.readNBytes(4);
        byte[] bytes = in.readNBytes(length);
        if ((first & 0x0f) == 8) {
            throw new EOFException();
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i % 4];
        }
        return bytes;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String accepted(String key) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    }

    /** The API server's own: it does not look at what a kubelet shows. */
    private static SSLContext identity(ApiServer server) throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (InputStream in = Files.newInputStream(server.certificate())) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
        String pem = Files.readString(server.certificate().resolveSibling("apiserver.key"));
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "kubelet",
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8(key))),
                PASSWORD,
                chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octets = der(0x04, pkcs1);
        byte[] all = new byte[RSA.length + octets.length];
        System.arraycopy(RSA, 0, all, 0, RSA.length);
        System.arraycopy(octets, 0, all, RSA.length, octets.length);
        return der(0x30, all);
    }

    private static byte[] der(int tag, byte[] content) {
        byte[] all = new byte[4 + content.length];
        all[0] = (byte) tag;
        all[1] = (byte) 0x82;
        all[2] = (byte) (content.length >> 8);
        all[3] = (byte) content.length;
        System.arraycopy(content, 0, all, 4, content.length);
        return all;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
