package dev.tidemark.systemtests;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * Stands between a service and its broker, writes down what the service's clients ask, and keeps the broker from them when a
 * test says so. Where the broker says who is to be asked, it names itself.
 */
final class RecordingProxy implements AutoCloseable {

    /** What a waiting broker answers late. */
    private static final List<ApiKeys> LONG_POLLS = List.of(ApiKeys.FETCH, ApiKeys.JOIN_GROUP);

    private final ServerSocket server;
    private final int broker;
    private final List<Closeable> open = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private volatile CountDownLatch passing = new CountDownLatch(0);
    private boolean refusing;

    /**
     * A request.
     *
     * @param isBehindALongPoll whether another request waits at the broker on the same connection: it is answered first
     */
    record Asked(ApiKeys what, boolean isBehindALongPoll) {}

    /** @param broker its port */
    static RecordingProxy before(int broker) throws IOException {
        RecordingProxy proxy = new RecordingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broker);
        Thread unused = Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    private RecordingProxy(ServerSocket server, int broker) {
        this.server = server;
        this.broker = broker;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What was asked since the last look. */
    List<Asked> take() {
        synchronized (asked) {
            List<Asked> taken = List.copyOf(asked);
            asked.clear();
            return taken;
        }
    }

    /** Takes what comes and passes nothing on, in either direction: a network in which everything is stuck. */
    void fallSilent() {
        passing = new CountDownLatch(1);
    }

    /** Ends all connections, and new ones at once: a broker that is not there. */
    void refuse() {
        synchronized (open) {
            refusing = true;
            closeConnections();
        }
    }

    /** What was taken meanwhile arrives now, whoever still waits for it. */
    void open() {
        synchronized (open) {
            refusing = false;
        }
        passing.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException ended) {
                // the test is over, or the broker: the client notices by itself
            }
        }
    }

    private void connect(Socket client) throws IOException {
        synchronized (open) {
            if (refusing) {
                client.close();
            } else {
                new Connection(client, new Socket(InetAddress.getLoopbackAddress(), broker)).start();
            }
        }
    }

    private void closeConnections() {
        for (Closeable one : open) {
            try {
                one.close();
            } catch (IOException broken) {
                // then it is closed
            }
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        passing.countDown();
        synchronized (open) {
            closeConnections();
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket upstream;
        private final Map<Integer, RequestHeader> unanswered = new ConcurrentHashMap<>();

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
            open.add(client);
            open.add(upstream);
        }

        void start() throws IOException {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread unused = Thread.ofVirtual().name("requests").start(() -> copy(client, upstream, this::request));
            Thread unusedToo = Thread.ofVirtual().name("responses").start(() -> copy(upstream, client, this::response));
        }

        private interface Change {
            ByteBuffer of(ByteBuffer message);
        }

        private void copy(Socket from, Socket to, Change change) {
            try (from;
                    to) {
                DataInputStream in = new DataInputStream(from.getInputStream());
                DataOutputStream out = new DataOutputStream(to.getOutputStream());
                while (true) {
                    byte[] message = new byte[in.readInt()];
                    in.readFully(message);
                    ByteBuffer changed = change.of(ByteBuffer.wrap(message));
                    byte[] bytes = new byte[changed.remaining()];
                    changed.get(bytes);
                    passing.await();
                    ByteBuffer whole = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                            .putInt(bytes.length)
                            .put(bytes);
                    out.write(whole.array());
                    out.flush();
                }
            } catch (IOException ended) {
                // either side has closed the connection, and now both have
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        private ByteBuffer request(ByteBuffer message) {
            RequestHeader header = RequestHeader.parse(message.duplicate());
            boolean behind = unanswered.values().stream().anyMatch(before -> LONG_POLLS.contains(before.apiKey()));
            synchronized (asked) {
                asked.add(new Asked(header.apiKey(), behind));
            }
            unanswered.put(header.correlationId(), header);
            return message;
        }

        private ByteBuffer response(ByteBuffer message) {
            RequestHeader header = unanswered.remove(message.getInt(message.position()));
            if (header == null
                    || (header.apiKey() != ApiKeys.METADATA && header.apiKey() != ApiKeys.FIND_COORDINATOR)) {
                return message;
            }
            short headerVersion = header.apiKey().responseHeaderVersion(header.apiVersion());
            ResponseHeader head = ResponseHeader.parse(message.duplicate(), headerVersion);
            AbstractResponse body = AbstractResponse.parseResponse(message.duplicate(), header);
            switch (body) {
                case MetadataResponse metadata -> nameThis(metadata.data());
                case FindCoordinatorResponse coordinator -> nameThis(coordinator.data());
                default -> throw new IllegalStateException("no other response names brokers: " + header.apiKey());
            }
            return RequestUtils.serialize(head.data(), headerVersion, body.data(), header.apiVersion());
        }

        private void nameThis(MetadataResponseData metadata) {
            metadata.brokers().forEach(node -> node.setPort(server.getLocalPort()));
        }

        private void nameThis(FindCoordinatorResponseData found) {
            found.coordinators().forEach(node -> node.setPort(server.getLocalPort()));
        }
    }
}
