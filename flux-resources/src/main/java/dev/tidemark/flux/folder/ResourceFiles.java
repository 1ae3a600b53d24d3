package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One file per resource, {@code Kind/namespace/name.yaml}. */
record ResourceFiles(Path folder) {

    Path of(ResourceId id) {
        return folder.resolve(id.kind()).resolve(id.namespace()).resolve(id.name() + ".yaml");
    }

    JsonNode read(ResourceId id) throws IOException {
        return FluxJson.readYaml(Files.readString(of(id)));
    }

    /** Readers see the old file or the new one, never half of one. */
    void replace(ResourceId id, String text) throws IOException {
        Path file = of(id);
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(draft, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException removedMeanwhile) {
            Files.writeString(file, text);
        }
    }

    void remove(ResourceId id) throws IOException {
        Files.deleteIfExists(of(id));
    }
}
