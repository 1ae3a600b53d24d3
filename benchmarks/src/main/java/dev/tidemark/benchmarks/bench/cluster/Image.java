package dev.tidemark.benchmarks.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Dockerfile of a module makes, as far as it can be had without a container: its command with this JDK and the jars of
 * the checkout, and the cache of classes that its build writes.
 */
record Image(Path root, String module) {

    private static final Pattern ENTRYPOINT = Pattern.compile("ENTRYPOINT \\[(.*)]");
    private static final String ALL_IN_ONE = "all-in-one";
    private static final String CACHE = "-XX:AOTCache=";

    /** The programs of the JDK that measures. */
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

    /** Where the command runs. */
    Path folder() {
        return folder(module);
    }

    private Path folder(String of) {
        return root.resolve(of).resolve("target/quarkus-app");
    }

    private Path images() {
        return root.resolve("deploy/images");
    }

    private List<String> entrypoint() throws IOException {
        Matcher found =
                ENTRYPOINT.matcher(Files.readString(images().resolve(module).resolve("Dockerfile")));
        if (!found.find()) {
            throw new IOException("the Dockerfile of " + module + " has no ENTRYPOINT");
        }
        return List.of(found.group(1).replace("\"", "").split(", ", -1));
    }

    /** Its command; a cache that it names is made first, which takes as long as a start. */
    List<String> command(Programs programs) throws IOException, InterruptedException {
        Path cache = programs.folder().resolve(module + ".aot");
        List<String> command = new ArrayList<>();
        for (String word : entrypoint()) {
            if (word.startsWith(CACHE)) {
                record(cache, programs);
                command.add(CACHE + cache);
            } else {
                command.add(
                        switch (word) {
                            case "java" -> java();
                            case "@java-flags" -> "@" + images().resolve("java-flags");
                            default -> word;
                        });
            }
        }
        return command;
    }

    /** In a folder like the image's, with the JVM that will read it. */
    private void record(Path cache, Programs programs) throws IOException, InterruptedException {
        if (Files.exists(cache)) {
            return;
        }
        Path flags = folder().resolve("java-flags");
        Files.copy(images().resolve("java-flags"), flags, StandardCopyOption.REPLACE_EXISTING);
        try {
            List<String> command = new ArrayList<>(List.of(
                    "sh",
                    "-c",
                    "cd \"$1\" && PATH=\"$2:$PATH\" && shift 2 && exec bash \"$@\"",
                    "sh",
                    folder().toString(),
                    JDK.toString(),
                    images().resolve("record-classes").toString(),
                    cache.toString()));
            if (!module.equals(ALL_IN_ONE)) {
                command.add(folder(ALL_IN_ONE).resolve("lib/main").toString());
            }
            String unused = programs.run(ports(), command);
        } finally {
            Files.delete(flags);
        }
    }

    private static Map<String, String> ports() throws IOException {
        return Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(Programs.freePort()),
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(Programs.freePort()),
                "KAFKA_PORT", String.valueOf(Programs.freePort()),
                "KAFKA_CONTROLLER_PORT", String.valueOf(Programs.freePort()));
    }

    static String java() {
        return JDK.resolve("java").toString();
    }
}
