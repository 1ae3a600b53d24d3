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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the manifest files below a root. Hidden files and folders are passed over. */
final class ManifestFiles {

    /** The coarsest time that a file system keeps: two edits within it may look like one. */
    static final Duration COARSEST_TIME = Duration.ofSeconds(2);

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    /** The names of what kustomize builds from; the last one has no ending. */
    static final List<String> KUSTOMIZATIONS = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private ManifestFiles() {}

    /** What tells one version of a file from the next without reading it. */
    record Stamp(long size, FileTime modified) {

        /** One for several files. */
        static Stamp of(Collection<Stamp> stamps) {
            FileTime newest = stamps.stream()
                    .map(Stamp::modified)
                    .max(FileTime::compareTo)
                    .orElse(FileTime.fromMillis(0));
            return new Stamp(new ArrayList<>(stamps).hashCode(), newest);
        }

        /** Whether an edit after {@code now} is sure to give another stamp. */
        boolean isSettled(Instant now) {
            return modified.toInstant().isBefore(now.minus(COARSEST_TIME));
        }
    }

    /**
     * What there is.
     *
     * @param folders where a change of it shows, by their real paths
     * @param links where what a link names lies, with the link
     * @param unlisted folders that cannot be listed, with the reason: what is below them is not known
     */
    record Found(Map<Path, Stamp> files, Set<Path> folders, Map<Path, Path> links, Map<Path, IOException> unlisted) {}

    /** @throws IOException when it is gone or not to be read */
    static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime());
    }

    /** Every manifest, with {@code root} as the beginning of its path also when that is a link. */
    static Found below(Path root) throws IOException {
        return below(root, ManifestFiles::isManifest);
    }

    /** Every file that is not hidden. */
    static Found all(Path root) throws IOException {
        return below(root, file -> !isHidden(file));
    }

    /** @throws IOException if the root cannot be listed; a file that goes away meanwhile is not there */
    private static Found below(Path root, java.util.function.Predicate<Path> wanted) throws IOException {
        Found found = new Found(new TreeMap<>(), new HashSet<>(), new HashMap<>(), new TreeMap<>());
        Path start = root.toRealPath();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(start) && isHidden(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                found.folders().add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ofLink) throws IOException {
                if (file.equals(start)) {
                    found.folders().add(file.resolveSibling(""));
                }
                if (wanted.test(file) && Files.isRegularFile(file)) {
                    try {
                        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                        Path shown = file.equals(start) ? root : root.resolve(start.relativize(file));
                        found.files().put(shown, new Stamp(attributes.size(), attributes.lastModifiedTime()));
                        if (ofLink.isSymbolicLink()) {
                            found.links().put(file.toRealPath(), shown);
                        }
                    } catch (NoSuchFileException goneMeanwhile) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(start)) {
                    throw failure;
                }
                if (!(failure instanceof NoSuchFileException)) {
                    found.unlisted().put(root.resolve(start.relativize(file)), failure);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
            }
        });
        return found;
    }

    static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    static boolean isManifest(Path path) {
        String name = String.valueOf(path.getFileName());
        return !isHidden(path) && (ENDINGS.stream().anyMatch(name::endsWith) || KUSTOMIZATIONS.contains(name));
    }
}
