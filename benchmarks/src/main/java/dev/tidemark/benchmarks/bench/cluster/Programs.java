package dev.tidemark.benchmarks.bench.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Processes that end with whoever measures, in the order in which they have to. */
final class Programs implements AutoCloseable {

    /** Where etcd, kube-apiserver and kubectl are. */
    private static final String ASSETS = "KUBEBUILDER_ASSETS";

    private static final long STOP_SECONDS = 20;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();
    private final Thread atExit = new Thread(this::end, "end-programs");

    /** @param folder for what they print */
    Programs(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Why there cannot be a cluster here; empty where there can. */
    static Optional<String> missing() {
        return List.of("etcd", "kube-apiserver", "kubectl").stream()
                .filter(name -> !Files.isExecutable(asset(name)))
                .findFirst()
                .map(name ->
                        "needs " + name + " in the folder that " + ASSETS + " names: .ci/kube-assets/build makes it");
    }

    static Path asset(String name) {
        return Path.of(System.getenv().getOrDefault(ASSETS, "/nowhere"), name);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path folder() {
        return folder;
    }

    /** Begins one; its log is named like it. */
    Process start(String name, Map<String, String> environment, List<String> command) throws IOException {
        return start(name, environment, folder, command);
    }

    /** @param directory where it runs */
    synchronized Process start(String name, Map<String, String> environment, Path directory, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.addFirst(process);
        return process;
    }

    /** Runs one to its end, and says what it printed. */
    String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "run", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " fails: " + Files.readString(printed));
        }
        return Files.readString(printed);
    }

    /** The newest first: an API server that outlives its etcd hangs. */
    private synchronized void end() {
        for (Process process : started) {
            process.destroy();
            var unused = process.onExit()
                    .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly())
                    .join();
        }
        started.clear();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException endingAlready) {
            // it runs by itself, and finds nothing to do
        }
    }
}
