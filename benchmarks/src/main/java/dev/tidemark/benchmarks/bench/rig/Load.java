package dev.tidemark.benchmarks.bench.rig;

import dev.tidemark.benchmarks.bench.load.LoadProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** The process of the load, seen from the one that measures. */
public final class Load implements AutoCloseable {

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final Path log;
    private final int registryPort;
    private final int gitPort;

    private Load(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
        String[] ports = line().split(" ", -1);
        this.registryPort = Integer.parseInt(ports[0]);
        this.gitPort = Integer.parseInt(ports[1]);
    }

    /**
     * What was asked of the registry and the Git server so far.
     *
     * @param pushes that were sent
     * @param intents how often somebody asked what he could push to
     */
    public record Requests(long lists, long manifests, long pushes, long intents) {

        public Requests minus(Requests before) {
            return new Requests(
                    lists - before.lists,
                    manifests - before.manifests,
                    pushes - before.pushes,
                    intents - before.intents);
        }

        public long ofRegistry() {
            return lists + manifests;
        }
    }

    /**
     * Answers to webhooks.
     *
     * @param nanos from the first one sent to the last one answered
     * @param codes in the order of the webhooks, 0 for no answer
     */
    public record Answers(long nanos, List<Integer> codes) {

        public boolean allTaken() {
            return codes.stream().allMatch(code -> code == 200);
        }
    }

    /** A webhook for one image. */
    public record Webhook(URI to, String body) {}

    static Load start(Path repositories, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // else small answers wait for each other's acknowledgement, forty milliseconds
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadProgram.class.getName(),
                        repositories.toString())
                .redirectError(log.toFile())
                .start();
        return new Load(process, log);
    }

    /** {@code 127.0.0.1:port} of the registry. */
    public String registry() {
        return "127.0.0.1:" + registryPort;
    }

    /** Where the repositories are served. */
    public String git() {
        return "http://127.0.0.1:" + gitPort;
    }

    /** An image with so many tags: {@code 1.0.0} and on. */
    public void image(String name, int tags) {
        var unused = ask("image " + name + ' ' + tags);
    }

    public void push(String image, String tag) {
        var unused = ask("push " + image + ' ' + tag);
    }

    /** How long the registry waits before each of its answers. */
    public void delayRegistry(Duration delay) {
        var unused = ask("delay " + delay.toMillis());
    }

    public Requests requests() {
        String[] counts = ask("requests").split(" ", -1);
        return new Requests(
                Long.parseLong(counts[0]),
                Long.parseLong(counts[1]),
                Long.parseLong(counts[2]),
                Long.parseLong(counts[3]));
    }

    /**
     * The newest push.
     *
     * @param asked when its sender asked what he could push to
     * @param sent when it began to arrive
     */
    public record Push(Instant asked, Instant sent) {}

    public Push newestPush() {
        String[] micros = ask("newest-push").split(" ", -1);
        return new Push(at(micros[0]), at(micros[1]));
    }

    private static Instant at(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    /** Sends them at once, and comes back with the last answer. */
    public Answers send(List<Webhook> webhooks) {
        return send(webhooks, () -> {});
    }

    /** @param first is run as soon as one is answered */
    public Answers send(List<Webhook> webhooks, Runnable first) {
        StringBuilder text = new StringBuilder("send " + webhooks.size());
        webhooks.forEach(
                webhook -> text.append('\n').append(webhook.to()).append(' ').append(webhook.body()));
        String[] words = ask(text.toString(), first).split(" ", -1);
        return new Answers(
                Long.parseLong(words[0]),
                IntStream.range(1, words.length)
                        .mapToObj(i -> Integer.parseInt(words[i]))
                        .toList());
    }

    private String ask(String command) {
        return ask(command, () -> {});
    }

    private synchronized String ask(String command, Runnable answering) {
        try {
            in.write(command + "\n");
            in.flush();
            String line = line();
            if (!line.equals("answering")) {
                return line;
            }
            answering.run();
            return line();
        } catch (IOException e) {
            throw new UncheckedIOException("the process of the load does not answer, see " + log, e);
        }
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null || line.startsWith("unknown")) {
            throw new IOException("the process of the load " + (line == null ? "ended, see " + log : "says " + line));
        }
        return line;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException ended) {
            // then there is nothing to tell it
        }
        process.destroy();
        process.onExit().join();
    }
}
