package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file per resource, {@code Kind/namespace/name.yaml}. */
record ResourceFiles(Path folder) {

    private static final String ENDING = ".yaml";
    private static final int LEVELS = 3;

    Path of(ResourceId id) {
        return folder.resolve(id.kind()).resolve(id.namespace()).resolve(id.name() + ENDING);
    }

    JsonNode read(ResourceId id) throws IOException {
        return FluxJson.readYaml(Files.readString(of(id)));
    }

    /** Null where there is none. */
    @Nullable
    String text(ResourceId id) throws IOException {
        try {
            return Files.readString(of(id));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** The resources of a kind that have a file. */
    Set<ResourceId> all(String kind) {
        try {
            return below(folder.resolve(kind));
        } catch (IOException unreadable) {
            return Set.of();
        }
    }

    /**
     * The resources that have a file.
     *
     * @param part the whole folder or the one of a kind
     * @throws IOException where it is there and cannot be read
     */
    Set<ResourceId> below(Path part) throws IOException {
        Set<ResourceId> ids = new HashSet<>();
        if (Files.isDirectory(part)) {
            int levels = LEVELS - (part.getNameCount() - folder.getNameCount());
            try (Stream<Path> files = Files.walk(part, levels)) {
                files.map(folder::relativize).filter(ResourceFiles::isOne).forEach(path -> ids.add(id(path)));
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
        return ids;
    }

    private static boolean isOne(Path path) {
        String name = path.getFileName().toString();
        return path.getNameCount() == LEVELS && name.endsWith(ENDING) && !name.startsWith(".");
    }

    private static ResourceId id(Path path) {
        String name = path.getName(2).toString();
        return new ResourceId(
                path.getName(0).toString(),
                path.getName(1).toString(),
                name.substring(0, name.length() - ENDING.length()));
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
