package dev.tidemark.watcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process of its own; what it says stays in memory for a failure's message. */
final class ServiceProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: http://[^:]+:([0-9]+)\\. Management interface listening on http://[^:]+:([0-9]+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> managementPort = new CompletableFuture<>();

    private ServiceProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::drain);
    }

    static ServiceProcess start(String... properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dquarkus.http.port=0"));
        command.add("-Dquarkus.management.port=0");
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", System.getProperty("tidemark.package")));
        return new ServiceProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** On the listener of webhooks. */
    URI uri(String path) throws Exception {
        return on(port, path);
    }

    /** On the listener of everything else. */
    URI management(String path) throws Exception {
        return on(managementPort, path);
    }

    private URI on(CompletableFuture<Integer> listener, String path) throws Exception {
        try {
            return URI.create("http://127.0.0.1:" + listener.get(60, TimeUnit.SECONDS) + path);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the service does not start:\n" + output(), e);
        }
    }

    String output() {
        return String.join("\n", output);
    }

    private void drain() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                    managementPort.complete(Integer.parseInt(listening.group(2)));
                }
            }
            port.completeExceptionally(new IllegalStateException("ended"));
            managementPort.completeExceptionally(new IllegalStateException("ended"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        System.out.println(output());
    }
}
