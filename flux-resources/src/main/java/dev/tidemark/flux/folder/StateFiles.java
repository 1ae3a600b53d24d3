package dev.tidemark.flux.folder;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What lies where in the state folder: what the source of the resources and the services write there for people. */
final class StateFiles {

    /** Replicas that share the folder look within seconds of each other. */
    private static final Duration USED_UP = Duration.ofMinutes(1);

    private static final String NOWHERE = ".tidemark-without-state";

    private final @Nullable Path folder;
    private final Path overrides;
    private final Path confirmations;

    /** @param folder null where nothing is kept; need not exist */
    StateFiles(@Nullable Path folder) {
        this.folder = folder;
        Path root = folder == null ? Path.of(NOWHERE) : folder;
        this.overrides = root.resolve("overrides");
        this.confirmations = root.resolve("confirmations");
    }

    /** The same with what people write made, so that it can be watched. */
    static StateFiles made(@Nullable Path folder) {
        StateFiles files = new StateFiles(folder == null ? null : real(folder));
        if (folder != null) {
            make(files.overrides);
            make(files.confirmations);
        }
        return files;
    }

    /** Notifications name what changed by its real path. */
    private static Path real(Path folder) {
        try {
            return Files.createDirectories(folder).toRealPath();
        } catch (IOException unwritable) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            System.getLogger(StateFiles.class.getName())
                    .log(Level.WARNING, folder + " cannot be made: " + unwritable.getMessage());
        }
    }

    @Nullable
    Path inForce() {
        return folder == null ? null : folder.resolve("in-force");
    }

    Path overrides() {
        return overrides;
    }

    /** A file for each object that has a status. */
    static ResourceFiles statuses(Path state) {
        return new ResourceFiles(state.resolve("status"));
    }

    /** A file for each object to which something happened. */
    static ResourceFiles events(Path state) {
        return new ResourceFiles(state.resolve("events"));
    }

    /** What ResourceSets rendered, {@code namespace/Kind/name.yaml}. */
    static Path rendered(Path state) {
        return state.resolve("objects");
    }

    @Nullable
    Path report() {
        return folder == null ? null : folder.resolve("manifests.json");
    }

    /** Where a change shows, beside the overrides. */
    Set<Path> folders() {
        return Files.isDirectory(confirmations) ? Set.of(confirmations) : Set.of();
    }

    boolean isOverride(Path changed) {
        return changed.startsWith(overrides);
    }

    /** Those that are none of these files. */
    Set<Path> others(Set<Path> changed) {
        return changed.stream()
                .filter(path -> !path.startsWith(overrides) && !path.startsWith(confirmations))
                .collect(Collectors.toSet());
    }

    /** Confirms what waits under a code. */
    void confirm(String code) throws IOException {
        Files.createDirectories(confirmations);
        Files.writeString(confirmations.resolve(code), "");
    }

    /**
     * The codes that somebody has confirmed, each the name of a file. One that is of another list than what waits now is
     * used up, and goes when every process that shares the folder has had its time.
     */
    Set<String> confirmations(Optional<String> waiting, Instant now) {
        Set<String> codes = new HashSet<>();
        if (Files.isDirectory(confirmations)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(confirmations)) {
                for (Path file : files) {
                    String code = String.valueOf(file.getFileName());
                    if (waiting.filter(code::equals).isPresent()) {
                        codes.add(code);
                    } else if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(USED_UP))) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (IOException | DirectoryIteratorException unreadable) {
                return codes;
            }
        }
        return codes;
    }
}
