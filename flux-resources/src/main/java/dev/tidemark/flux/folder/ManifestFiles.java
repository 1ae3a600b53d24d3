package dev.tidemark.flux.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Finds the manifest files below a root. Hidden files and folders are passed over. */
final class ManifestFiles {

    /** The coarsest time that a file system keeps: two edits within it may look like one. */
    private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

    private ManifestFiles() {}

    /** What tells one version of a file from the next without reading it. */
    record Stamp(long size, FileTime modified) {

        /** Whether an edit after {@code now} is sure to give another stamp. */
        boolean isSettled(Instant now) {
            return modified.toInstant().isBefore(now.minus(COARSEST_TIME));
        }
    }

    /**
     * Every {@code .yaml} and {@code .yml} file, with {@code root} as the beginning of its path also when that is a link.
     *
     * @throws IOException if a folder cannot be listed; a file that goes away meanwhile is not there
     */
    static Map<Path, Stamp> below(Path root) throws IOException {
        Map<Path, Stamp> found = new TreeMap<>();
        Path start = root.toRealPath();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return !folder.equals(start) && isHidden(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ofLink) throws IOException {
                if (isManifest(file) && Files.isRegularFile(file)) {
                    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    Path shown = file.equals(start) ? root : root.resolve(start.relativize(file));
                    found.put(shown, new Stamp(attributes.size(), attributes.lastModifiedTime()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(start)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    private static boolean isManifest(Path path) {
        String name = String.valueOf(path.getFileName());
        return !isHidden(path) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
