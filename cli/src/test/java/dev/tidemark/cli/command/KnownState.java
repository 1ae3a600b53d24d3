package dev.tidemark.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A state folder as the services leave it. */
final class KnownState {

    private static final List<String> FILES = List.of(
            "status/ImagePolicy/flux-system/my-app.yaml",
            "status/ImageRepository/flux-system/my-app.yaml",
            "status/ResourceSetInputProvider/flux-system/app-image-tag.yaml",
            "events/ImagePolicy/flux-system/my-app.yaml",
            "events/ResourceSetInputProvider/flux-system/app-image-tag.yaml",
            "objects/flux-system/Kustomization/my-app.yaml",
            "manifests/declared.yaml");

    private KnownState() {}

    /** Writes it into a folder that is not there yet. */
    static Declared in(Path state) throws IOException {
        for (String file : FILES) {
            Files.createDirectories(state.resolve(file).getParent());
            Files.writeString(state.resolve(file), text("state/" + file));
        }
        Declared declared = new Declared(state.resolve("manifests"), state);
        declared.read();
        Files.writeString(state.resolve("run.json"), "{\"manifests\": [\"" + state.resolve("manifests") + "\"]}");
        return declared;
    }

    /** A file of the tests; empty where there is none. */
    static String text(String resource) throws IOException {
        try (var stream = KnownState.class.getResourceAsStream("/" + resource)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
