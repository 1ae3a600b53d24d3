package dev.tidemark.benchmarks.webhooks;

import dev.tidemark.benchmarks.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Usual webhooks to a running all-in-one, first alone, then beside slow connections and large bodies. On loopback only;
 * stops by itself. Arguments: port of webhooks, path of a Receiver of type generic, process id of all-in-one.
 */
public final class ListenerLoad {

    private static final int SLOW = 2_000;
    private static final int LARGE = 60;
    private static final int ANNOUNCED = 3_000_000;
    private static final int SENT = 2_900_000;
    private static final int USUAL = 1_000;

    /** 50 in a second, far more than a registry sends. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int ANSWER_LIMIT_MS = 20_000;
    private static final String BODY =
            "{\"events\":[{\"action\":\"pull\",\"target\":{\"repository\":\"team/web\",\"digest\":\"sha256:1\"}}]}";

    private final Report report;
    private final int port;
    private final String path;
    private final ConcurrentMap<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

    private ListenerLoad(Report report, int port, String path) {
        this.report = report;
        this.port = port;
        this.path = path;
    }

    public static void main(String... args) throws Exception {
        ListenerLoad load = new ListenerLoad(new Report(Path.of(args[3])), Integer.parseInt(args[0]), args[1]);
        long pid = Long.parseLong(args[2]);
        load.usual("warming up");
        load.usual("alone");
        load.report.say("memory alone: " + memory(pid));
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                crowd.add(load.slow(i % 2 == 0 ? load.path : "/hook/unknown"));
            }
            load.report.say("memory with " + SLOW + " slow connections: " + memory(pid));
            List<Thread> large = new ArrayList<>();
            for (int i = 0; i < LARGE; i++) {
                String to = i % 2 == 0 ? load.path : "/hook/unknown";
                large.add(Thread.ofVirtual().start(() -> load.large(to)));
            }
            load.usual("beside them");
            load.report.say("memory beside them: " + memory(pid));
            for (Thread one : large) {
                one.join();
            }
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
        load.report.say("answers to the others: " + new TreeMap<>(load.refusals));
        load.usual("afterwards");
        load.report.say("memory afterwards: " + memory(pid));
    }

    private void usual(String when) throws IOException {
        long[] nanos = new long[USUAL];
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < USUAL; i++) {
            long begin = System.nanoTime();
            try (Socket socket = connect()) {
                send(socket, path, BODY.length(), BODY.getBytes(StandardCharsets.US_ASCII));
                answers.merge(status(socket), 1, Integer::sum);
            }
            nanos[i] = System.nanoTime() - begin;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        Arrays.sort(nanos);
        report.say("usual webhooks %s: p50 %.2f ms, p99 %.2f ms, max %.1f ms, answers %s"
                .formatted(
                        when, nanos[USUAL / 2] / 1e6, nanos[USUAL * 99 / 100] / 1e6, nanos[USUAL - 1] / 1e6, answers));
    }

    /** Announces a body and sends the first byte of it. */
    private Socket slow(String to) throws IOException {
        Socket socket = connect();
        send(socket, to, ANNOUNCED, new byte[] {'{'});
        return socket;
    }

    private void large(String to) {
        try (Socket socket = connect()) {
            try {
                send(socket, to, ANNOUNCED, new byte[SENT]);
            } catch (IOException answeredBefore) {
                count("connection ended while sending");
            }
            count(Integer.toString(status(socket)));
        } catch (IOException gone) {
            count("connection ended");
        }
    }

    private void count(String what) {
        refusals.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWER_LIMIT_MS);
        return socket;
    }

    private static void send(Socket socket, String to, int length, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = "POST " + to + " HTTP/1.1\r\nHost: hooks.example\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static int status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] line = in.readNBytes(12);
        if (line.length < 12) {
            throw new IOException("no answer");
        }
        return Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
    }

    private static String memory(long pid) throws IOException {
        StringBuilder found = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
                found.append(line.replaceAll("\\s+", " ")).append("; ");
            }
        }
        return found.toString();
    }
}
