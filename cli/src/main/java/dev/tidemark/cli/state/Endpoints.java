package dev.tidemark.cli.state;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running all-in-one can be reached. It writes the file when everything is ready, and removes it at a clean end.
 *
 * @param http where webhooks are received
 * @param management where everything else is asked
 * @param kafka host and port of the embedded broker
 */
public record Endpoints(long pid, URI http, URI management, String kafka, String version) {

    /** What the file says, empty when there is none or its process is gone. */
    public static Optional<Endpoints> read(Path file) {
        try {
            Tree tree = Tree.parse(Files.readString(file));
            Endpoints endpoints = new Endpoints(
                    Long.parseLong(tree.text("pid")),
                    URI.create(tree.text("http")),
                    URI.create(tree.text("management")),
                    tree.text("kafka"),
                    tree.text("version"));
            return ProcessHandle.of(endpoints.pid())
                    .filter(ProcessHandle::isAlive)
                    .map(alive -> endpoints);
        } catch (IOException | IllegalArgumentException absentOrHalf) {
            return Optional.empty();
        }
    }
}
