package dev.tidemark.flux.folder;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects in force as people see them. Of the files of the store those are read that are others than before. */
final class InForceTrees {

    private final InForceStore store;
    private Map<Path, Read> read = Map.of();

    InForceTrees(InForceStore store) {
        this.store = store;
    }

    /** @param key another one with every file that takes the place of this one */
    private record Version(
            FileTime time, long size, @Nullable Object key) {}

    private record Read(Version version, List<Tree> objects) {}

    List<Tree> all() throws IOException {
        Map<Path, Read> now = new HashMap<>();
        for (Path file : store.files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                Version version = new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
                Read before = read.get(file);
                now.put(
                        file,
                        before != null && before.version().equals(version)
                                ? before
                                : new Read(version, InForceStore.trees(file)));
            } catch (NoSuchFileException gone) {
                // its manifest declares nothing any more
            }
        }
        read = now;
        List<Tree> objects = new ArrayList<>();
        now.values().forEach(one -> objects.addAll(one.objects()));
        return objects;
    }
}
