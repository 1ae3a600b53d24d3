package dev.tidemark.cli.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all-in-one is started with.
 *
 * @param manifests absolute folders
 * @param mirrors where a registry's host is reached instead
 * @param listen HOST:PORT for webhooks, empty for all-in-one's own choice
 */
public record Settings(List<Path> manifests, Map<String, URI> mirrors, String listen) {

    /** Any free port, for whoever asks where it is afterwards. */
    public static final String ANYWHERE = "127.0.0.1:0";

    /** Small at rest and on a laptop; {@code benchmarks/results/memory.md} has the figures. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms24m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:-ShrinkHeapInSteps",
            // half dead is worse than dead: who started it says so and can start it again
            "-XX:+ExitOnOutOfMemoryError",
            // so that who started it hears why the JVM itself does not start, such as a heap that the machine cannot
            // have
            "-XX:+DisplayVMOutputToStderr",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The whole command line. */
    List<String> command(String java, Path state, Path jar, Heap heap) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(FLAGS);
        command.add(heap.flag());
        command.add("-Dtidemark.state=" + state);
        command.add("-Dtidemark.manifests="
                + manifests.stream().map(Settings::escaped).collect(Collectors.joining(",")));
        if (!listen.isEmpty()) {
            command.add("-Dtidemark.listen=" + listen);
        }
        command.add("-Dquarkus.management.port=0");
        command.add("-Dtidemark.parent-pid=" + ProcessHandle.current().pid());
        mirrors.forEach((host, url) -> command.add("-Dtidemark.registry-watcher.mirrors.\"" + host + "\"=" + url));
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** A comma separates folders in the setting. */
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\").replace(",", "\\,");
    }
}
