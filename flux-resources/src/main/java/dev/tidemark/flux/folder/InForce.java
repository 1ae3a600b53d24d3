package dev.tidemark.flux.folder;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which file the declaration of each object that is in force comes from. It outlives the process: of two files that
 * declare one object, the one that was in force stays, also when the other one came while nobody looked.
 */
final class InForce {

    private static final System.Logger LOG = System.getLogger(InForce.class.getName());

    private final @Nullable Path file;
    private Map<String, String> sources;

    /** @param file JSON: {@code {"Kind/namespace/name": "file"}}; null to remember as long as the process lives */
    InForce(@Nullable Path file) {
        this.file = file;
        this.sources = file == null ? Map.of() : read(file);
    }

    private static Map<String, String> read(Path file) {
        try {
            return FluxJson.json().readValue(file.toFile(), new TypeReference<HashMap<String, String>>() {});
        } catch (IOException absentOrBroken) {
            return Map.of();
        }
    }

    /** The one of these files that counts for an object: the one that did, else the first. */
    Path choose(ResourceId id, List<Path> candidates) {
        String before = sources.get(id.toString());
        return candidates.stream()
                .filter(candidate -> candidate.toString().equals(before))
                .findFirst()
                .orElse(candidates.getFirst());
    }

    /** Remembers what was chosen. */
    void remember(Map<ResourceId, Path> chosen) {
        Map<String, String> now = new TreeMap<>();
        chosen.forEach((id, path) -> now.put(id.toString(), path.toString()));
        if (now.equals(sources)) {
            return;
        }
        sources = now;
        if (file != null) {
            try {
                write(file, now);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, file + " could not be written: " + e.getMessage());
            }
        }
    }

    private static void write(Path file, Map<String, String> sources) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.writeString(draft, FluxJson.json().writeValueAsString(sources));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
