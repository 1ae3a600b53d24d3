package dev.tidemark.benchmarks.listing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a {@link PagedRegistry}, as who measures sees it. */
final class PagedRegistryProcess implements AutoCloseable {

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    /** @param lists requests for pages of lists so far */
    record Asked(int lists, int tags) {}

    private PagedRegistryProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    static PagedRegistryProcess start(Path folder, int tags) throws IOException, InterruptedException {
        Path port = folder.resolve("port");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        PagedRegistry.class.getName(),
                        port.toString(),
                        Integer.toString(tags)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        while (!Files.exists(port)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the registry does not start: " + Files.readString(folder.resolve("registry.log")));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new PagedRegistryProcess(process, URI.create("http://127.0.0.1:" + Files.readString(port)));
    }

    /** Where its repository is, without a scheme. */
    String image() {
        return base.getAuthority() + '/' + PagedRegistry.REPOSITORY;
    }

    void push(String tag) throws IOException, InterruptedException {
        String unused = get("/push?" + tag);
    }

    Asked asked() throws IOException, InterruptedException {
        String[] counts = get("/asked").split(" ", -1);
        return new Asked(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroy();
        var unused = process.onExit().join();
        http.close();
    }
}
